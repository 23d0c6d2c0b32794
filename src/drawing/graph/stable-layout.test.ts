import type { MapModel } from './map-model';
import { layOut } from './map-layout';
import { keepPlaces, placesOf, topologyOf, type Places } from './stable-layout';

const mapOf = (...calls: ReadonlyArray<readonly [string, string]>): MapModel => ({
  nodes: [...new Set(calls.flat())].map((name) => ({ id: name, name, kind: 'service', count: 1, errorCount: 0 })),
  edges: calls.map(([source, target]) => ({ id: `${source}→${target}`, source, target, count: 1, errorCount: 0 })),
});

function freshPlaces(model: MapModel): Places {
  const { ids, topology } = topologyOf(model);
  return placesOf(ids, layOut('layered', topology));
}

describe('keepPlaces', () => {
  it('moves no node between refreshes, new ones appear right of their caller', () => {
    const before = freshPlaces(mapOf(['web', 'api'], ['api', 'db']));
    const after = keepPlaces(mapOf(['api', 'cache'], ['web', 'api'], ['api', 'db']), before);

    for (const [id, place] of before) {
      expect(after?.get(id)).toEqual(place);
    }
    expect(after?.get('cache')?.x).toBeGreaterThan(before.get('api')?.x ?? Infinity);
    expect(after?.get('cache')).not.toEqual(before.get('db'));
  });

  it('does not depend on the order in which services are named', () => {
    const calls = [['web', 'api'], ['api', 'db'], ['api', 'cache'], ['worker', 'db']] as const;
    const forwards = freshPlaces(mapOf(...calls));
    const backwards = freshPlaces(mapOf(...[...calls].reverse()));
    expect(Object.fromEntries(backwards)).toEqual(Object.fromEntries(forwards));
  });

  it('places a service without any calls', () => {
    const before = freshPlaces(mapOf(['web', 'api']));
    const withLonely = { ...mapOf(['web', 'api']), nodes: [...mapOf(['web', 'api']).nodes, { id: 'cron', name: 'cron', kind: 'service' as const, count: 1, errorCount: 0 }] };
    expect(keepPlaces(withLonely, before)?.get('cron')).toBeDefined();
  });
});
