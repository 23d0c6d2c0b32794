import { answerOfJson } from '../../testing/json-answer';
import { openBackend } from './open-backend';
import { graphOfDependencies, serviceMapOfDependencies } from './service-map-of-dependencies';

const range = { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 };

describe('the service map of dependencies', () => {
  it('adds up what arrives at a service', () => {
    const graph = graphOfDependencies([
      { parent: 'web', child: 'api', callCount: 3, errorCount: 1 },
      { parent: 'web', child: 'api', callCount: 2, errorCount: undefined },
      { parent: 'api', child: 'api', callCount: 4, errorCount: 0 },
    ]);
    expect(graph.nodes.map(({ id, calls }) => [id, calls.count, calls.errorCount, calls.p95Ns])).toEqual([['api', 9, 1, undefined], ['web', 0, 0, undefined]]);
    expect(graph.edges.map(({ id, calls, selfCall }) => [id, calls.count, selfCall])).toEqual([['api→api/call', 4, true], ['web→api/call', 5, false]]);
  });

  it('guesses by its name what only is called', () => {
    const graph = graphOfDependencies([
      { parent: 'web', child: 'redis', callCount: 3, errorCount: 0 },
      { parent: 'web', child: 'kafka', callCount: 3, errorCount: 0 },
      { parent: 'kafka', child: 'worker', callCount: 3, errorCount: 0 },
    ]);
    expect(graph.nodes.map(({ id, kind, instrumented }) => [id, kind, instrumented])).toEqual([['kafka', 'service', true], ['redis', 'database', false], ['web', 'service', true], ['worker', 'service', true]]);
  });

  it('is drawn from what Zipkin answers, and refused where there is none', async () => {
    const zipkin = openBackend('zipkin', async ({ path }) => answerOfJson(path.endsWith('dependencies') ? [{ parent: 'a', child: 'b', callCount: 7 }] : []));
    const { graph, notes } = await serviceMapOfDependencies(zipkin, range);
    expect(graph.edges.map(({ id, calls }) => [id, calls.count])).toEqual([['a→b/call', 7]]);
    expect(notes[0]).toContain('without durations or errors');

    const tempo = openBackend('tempo', async () => answerOfJson({}));
    await expect(serviceMapOfDependencies(tempo, range)).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('Tempo keeps no list') });
  });
});
