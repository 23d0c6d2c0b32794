import { serviceGraph } from '../analysis/service-graph';
import { traceSetOf, type TestSpan } from '../analysis/testing/spans';
import { tracedDetails } from './map-details';

const TEAM = { 'service.namespace': 'sales' };

const SPANS: readonly TestSpan[] = [
  { id: 1, service: 'web', kind: 'client', startNs: 0, durationNs: 100, resource: TEAM },
  { id: 2, parent: 1, service: 'api', kind: 'server', startNs: 0, durationNs: 75, attributes: TEAM },
];

describe('tracedDetails', () => {
  const traces = traceSetOf(SPANS);
  const graph = serviceGraph(traces);
  const intervals = new Map([['web→api/call', { countInterval: { low: 1, high: 3 } }]]);

  it('groups by a resource attribute', () => {
    expect(tracedDetails(graph, traces, intervals, 'service.namespace').nodeDetails.get('web')?.group).toBe('sales');
    expect([...tracedDetails(graph, traces, intervals, '').nodeDetails.values()]).toEqual([{ group: undefined }, { group: undefined }]);
  });

  it('takes it from the spans where a search put it there', () => {
    const searched = traceSetOf(SPANS.map((span) => ({ ...span, resource: undefined, attributes: TEAM })));
    expect([...tracedDetails(serviceGraph(searched), searched, intervals, 'service.namespace').nodeDetails.values()]).toEqual([{ group: 'sales' }, { group: 'sales' }]);
  });

  it('groups operations by their services where nothing else is asked', () => {
    const operations = serviceGraph(traces, { nodes: { kind: 'operation' } });
    expect([...tracedDetails(operations, traces, intervals, '').nodeDetails.values()].map(({ group }) => group)).toEqual(expect.arrayContaining(['web', 'api']));
  });

  it('has the share of end-to-end latency of a connection, and the intervals of what is an estimate', () => {
    expect([...tracedDetails(graph, traces, intervals, '').edgeDetails.values()]).toEqual([{ share: 0.75, countInterval: { low: 1, high: 3 } }]);
    expect([...tracedDetails(graph, traces, new Map(), '').edgeDetails.values()]).toEqual([{ share: 0.75 }]);
  });
});
