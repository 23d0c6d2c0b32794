import { serviceGraph } from '../analysis/service-graph';
import { traceSetOf, type TestSpan } from '../analysis/testing/spans';
import { tracedDetails } from './map-details';
import { fullCoverage, slicedCoverage } from './sampling/coverage';

const RANGE = { fromMs: 0, toMs: 60_000 };
const TEAM = { 'service.namespace': 'sales' };

const SPANS: readonly TestSpan[] = [
  { id: 1, service: 'web', kind: 'client', startNs: 0, durationNs: 100, resource: TEAM },
  { id: 2, parent: 1, service: 'api', kind: 'server', startNs: 0, durationNs: 75, attributes: TEAM },
];

describe('tracedDetails', () => {
  const traces = traceSetOf(SPANS);
  const graph = serviceGraph(traces);
  const coverage = fullCoverage(RANGE, 1);

  it('groups by a resource attribute', () => {
    expect(tracedDetails(graph, traces, coverage, 'service.namespace').nodeDetails.get('web')?.group).toBe('sales');
    expect([...tracedDetails(graph, traces, coverage, '').nodeDetails.values()]).toEqual([{ group: undefined }, { group: undefined }]);
  });

  it('takes it from the spans where a search put it there', () => {
    const searched = traceSetOf(SPANS.map((span) => ({ ...span, resource: undefined, attributes: TEAM })));
    expect([...tracedDetails(serviceGraph(searched), searched, coverage, 'service.namespace').nodeDetails.values()]).toEqual([{ group: 'sales' }, { group: 'sales' }]);
  });

  it('groups operations by their services where nothing else is asked', () => {
    const operations = serviceGraph(traces, { nodes: { kind: 'operation' } });
    expect([...tracedDetails(operations, traces, coverage, '').nodeDetails.values()].map(({ group }) => group)).toEqual(expect.arrayContaining(['web', 'api']));
  });

  it('has the share of end-to-end latency of a connection, and an interval where the count is an estimate', () => {
    const [edge] = tracedDetails(graph, traces, coverage, '').edgeDetails.values();
    expect(edge).toEqual({ share: 0.75, countInterval: undefined });
    const slices = [0, 1, 2].map((at) => ({ range: { fromMs: at * 1000, toMs: at * 1000 + 500 }, traceCount: 10, isComplete: true }));
    const [sampled] = tracedDetails(graph, traces, slicedCoverage(RANGE, slices), '').edgeDetails.values();
    expect(sampled.countInterval?.low).toBe(0);
    expect(sampled.countInterval?.high).toBeCloseTo(1 + 1.96, 2);
  });
});
