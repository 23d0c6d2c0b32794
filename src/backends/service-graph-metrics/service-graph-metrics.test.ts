import { answerOfJson } from '../../../testing/json-answer';
import type { HttpTransport } from '../http/http-client';
import { increasePromql, serviceMapOfMetrics } from './service-graph-metrics';

const range = { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 };
const BOUNDS = ['0.1', '1', '+Inf'];

interface Counted {
  readonly client: string;
  readonly server: string;
  readonly connection_type?: string;
  readonly virtual_node?: string;
  readonly count: number;
  readonly failed?: number;
  /** Calls up to each bound, as the server and as the client saw them. */
  readonly serverUpTo?: readonly number[];
  readonly clientUpTo?: readonly number[];
}

/** Answers the six queries from a list of edges. */
function prometheusOf(edges: readonly Counted[]) {
  const asked: string[] = [];
  const transport: HttpTransport = async ({ query }) => {
    const promql = String(query?.query);
    asked.push(promql);
    const side = promql.includes('_server_seconds') ? 'serverUpTo' : 'clientUpTo';
    const result = edges.flatMap(({ client, server, connection_type, virtual_node, ...counted }) => {
      const metric = { client, server, ...(connection_type ? { connection_type } : {}), ...(virtual_node ? { virtual_node } : {}) };
      const one = (value: number | undefined, labels = {}) => (value === undefined ? [] : [{ metric: { ...metric, ...labels }, value: [1, String(value)] }]);
      if (promql.includes('_bucket')) {
        return BOUNDS.flatMap((le, at) => one(counted[side]?.[at], { le }));
      }
      return one(promql.includes('failed_total') ? counted.failed : promql.includes('_sum') ? counted[side] && counted[side][2] * 0.05 : counted.count);
    });
    return answerOfJson({ status: 'success', data: { resultType: 'vector', result } });
  };
  return { transport, asked };
}

describe('the service map from metrics', () => {
  it('draws calls, databases, messages, the user and who sends no spans', async () => {
    const { transport } = prometheusOf([
      { client: 'web', server: 'api', count: 99.7, failed: 10.2, serverUpTo: [50, 100, 100], clientUpTo: [0, 100, 100] },
      { client: 'api', server: 'orders', connection_type: 'database', count: 40, serverUpTo: [40, 40, 40] },
      { client: 'api', server: 'mailer', connection_type: 'messaging_system', count: 7 },
      { client: 'user', server: 'web', connection_type: 'virtual_node', count: 60, serverUpTo: [60, 60, 60], clientUpTo: [60, 60, 60] },
      { client: 'api', server: 'payments.example', connection_type: 'virtual_node', count: 5, serverUpTo: [5, 5, 5], clientUpTo: [0, 5, 5] },
      { client: 'mailer', server: 'web', connection_type: 'virtual_node', virtual_node: 'server', count: 1 },
    ]);
    const { graph, windowS, notes } = await serviceMapOfMetrics(transport, { filter: {}, range });

    expect(windowS).toBe(3600);
    expect(graph.nodes.map(({ id, instrumented, calls }) => [id, instrumented, calls.count])).toEqual([
      ['api', true, 100], ['database:orders', false, 40], ['external:payments.example', false, 5], ['mailer', true, 7], ['user:user', false, 0], ['web', true, 61],
    ]);
    expect(graph.edges.map(({ id, provenance, calls }) => [id, provenance, calls.count, calls.errorCount])).toEqual([
      ['api→database:orders/database', 'client', 40, 0],
      ['api→external:payments.example/call', 'client', 5, 0],
      ['api→mailer/messaging', 'both', 7, 0],
      ['mailer→web/call', 'client', 1, 0],
      ['user:user→web/call', 'server', 60, 0],
      ['web→api/call', 'both', 100, 10],
    ]);
    const call = graph.edges.find(({ id }) => id === 'web→api/call')!;
    expect([call.calls.p50Ns, call.caller?.p50Ns]).toEqual([100e6, 550e6]);
    // The virtual server observed durations of 0; only its client knows better.
    expect(graph.edges[1].calls.p50Ns).toBe(550e6);
    expect(graph.edges[2].calls.p95Ns).toBeUndefined();
    expect(notes.join()).toContain('no example traces');
  });

  it('guesses by its name what sends no spans and is not said to be anything', async () => {
    const { transport } = prometheusOf(['redis', 'kafka-0:9092', 'payments.example'].map((server) => ({ client: 'api', server, connection_type: 'virtual_node', count: 5 })));
    const { graph } = await serviceMapOfMetrics(transport, { filter: {}, range });
    expect(graph.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['api', 'service'], ['database:redis', 'database'], ['external:payments.example', 'external'], ['messaging:kafka-0:9092', 'messaging'],
    ]);
  });

  it('asks for the calls to and from a service', async () => {
    const { transport, asked } = prometheusOf([{ client: 'a"b', server: 'c', count: 3 }]);
    const { notes } = await serviceMapOfMetrics(transport, { filter: { service: 'a"b' }, range });
    expect(asked).toHaveLength(6);
    expect(asked).toContain(increasePromql('total', 3600, 'a"b'));
    expect(increasePromql('total', 60, 'a"b')).toBe(
      'sum by (client, server, connection_type, virtual_node) (increase(traces_service_graph_request_total{client="a\\"b"}[60s]) or increase(traces_service_graph_request_total{server="a\\"b"}[60s]))'
    );
    expect(notes.join()).toContain('histograms are not there');
  });

  it('says what it cannot do', async () => {
    const { transport } = prometheusOf([]);
    expect((await serviceMapOfMetrics(transport, { filter: {}, range })).notes.join()).toContain('metrics generator');
    await expect(serviceMapOfMetrics(transport, { filter: { errorsOnly: true }, range })).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(serviceMapOfMetrics(async () => answerOfJson({ traces: [] }), { filter: {}, range })).rejects.toMatchObject({ kind: 'format', message: expect.stringContaining('Prometheus') });
  });
});
