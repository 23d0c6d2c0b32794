import fc from 'fast-check';
import { serviceGraph, ServiceGraphBuilder, type GraphNodes, type ServiceGraph } from './service-graph';
import { arbitraryTraces } from './testing/arbitrary-trace';
import { testSpanId, testTraceId, traceSetOf, type TestSpan } from './testing/spans';

const edgesOf = ({ edges }: ServiceGraph) => edges.map(({ id, provenance, calls }) => `${id} ${provenance} ${calls.count}/${calls.errorCount}`);
const nodesOf = ({ nodes }: ServiceGraph) => nodes.map(({ id, calls }) => `${id} ${calls.count}/${calls.errorCount}`);
const edgesOfSpans = (...spans: TestSpan[]) => edgesOf(serviceGraph(traceSetOf(spans)));

const calls = (span: TestSpan) => span.kind === 'client' || span.kind === 'producer';
const serves = (span: TestSpan) => span.kind === 'server' || span.kind === 'consumer';

const serviceOf = (span: TestSpan) => span.service!;

/**
 * Counts of edges and nodes, straight from the rules; without attributes every peer is unknown.
 * @param nodeOf id of the node of the span by which a call arrived
 */
function oracle(spans: readonly TestSpan[], nodeOf: (entry: TestSpan) => string = serviceOf): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (key: string, isError: boolean) => {
    counts[key] = (counts[key] ?? 0) + 1;
    counts[`${key} errors`] = (counts[`${key} errors`] ?? 0) + (isError ? 1 : 0);
  };
  const parentOf = (span: TestSpan) => spans.find(({ trace, id }) => trace === span.trace && id === span.parent);
  const childrenOf = (span: TestSpan) => spans.filter(({ trace, parent }) => trace === span.trace && parent === span.id);
  const isEntry = (span: TestSpan) => {
    const up = parentOf(span);
    return up === undefined || up.service !== span.service || (calls(up) && serves(span));
  };
  const node = (span: TestSpan): string => (isEntry(span) ? nodeOf(span) : node(parentOf(span)!));
  /** The spans of the same service that one call led to. */
  const below = (span: TestSpan): TestSpan[] => childrenOf(span).filter((child) => !isEntry(child)).flatMap((child) => [child, ...below(child)]);
  const arrivesAt = new Set(spans.filter((span) => isEntry(span) && !(calls(span) && parentOf(span) === undefined)).map(node));
  for (const span of spans) {
    const up = parentOf(span);
    const failed = span.status === 'error';
    const isAnswered = [span, ...below(span)].some((each) => childrenOf(each).some(isEntry));
    if (isEntry(span)) {
      if (up !== undefined || !calls(span) || !arrivesAt.has(node(span))) {
        count(node(span), failed);
      }
      if (up !== undefined) {
        const kind = span.kind === 'consumer' || up.kind === 'producer' ? 'messaging' : 'call';
        count(`${node(up)}→${node(span)}/${kind}`, failed || (calls(up) && up.status === 'error'));
      } else if (span.kind === 'server') {
        count(`user:user→${node(span)}/call`, failed);
      } else if (span.kind === 'consumer') {
        count(`messaging:unknown→${node(span)}/messaging`, failed);
      }
    }
    // Of unknown peers the innermost span counts.
    if (calls(span) && !isAnswered && !below(span).some(calls)) {
      const [peer, kind] = span.kind === 'producer' ? ['messaging:unknown', 'messaging'] : ['external:unknown', 'call'];
      count(`${node(span)}→${peer}/${kind}`, failed);
      count(peer, failed);
    }
  }
  return counts;
}

function countsOf({ nodes, edges }: ServiceGraph): Record<string, number> {
  return Object.fromEntries(
    [...nodes, ...edges].filter(({ calls }) => calls.count > 0).flatMap(({ id, calls }) => [[id, calls.count], [`${id} errors`, calls.errorCount]])
  );
}

describe('serviceGraph', () => {
  test('counts and errors equal the rules applied to objects', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => expect(countsOf(serviceGraph(traceSetOf(spans)))).toEqual(oracle(spans))),
      { seed: 8, numRuns: 400 }
    );
  });

  test('adding sets, merging builders and one set give the same graph', () => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const shifted = right.map((span) => ({ ...span, trace: span.trace! + 10 }));
        const whole = serviceGraph(traceSetOf([...left, ...shifted]));
        const [a, b] = [traceSetOf(left), traceSetOf(shifted)];
        expect(new ServiceGraphBuilder().add(a).add(b).finish()).toEqual(whole);
        expect(new ServiceGraphBuilder().add(b).merge(new ServiceGraphBuilder().add(a)).finish()).toEqual(whole);
      }),
      { seed: 9, numRuns: 100 }
    );
  });

  test('a pair: provenance, both durations, the gap, exemplars', () => {
    const graph = serviceGraph(
      traceSetOf([
        { id: 1, service: 'web', kind: 'client', durationNs: 100, status: 'error' },
        { id: 2, parent: 1, service: 'api', kind: 'server', startNs: 10, durationNs: 60 },
      ])
    );
    expect(graph.edges).toMatchObject([
      {
        id: 'web→api/call', provenance: 'both', gapMeanNs: 40, caller: { count: 1, p99Ns: 100 }, selfCall: false,
        calls: { count: 1, errorCount: 1, p50Ns: 60, exemplars: [{ traceId: testTraceId(1), spanId: testSpanId(2), durationNs: 60, error: true }] },
      },
    ]);
  });

  test('exemplars: failed and slow first', () => {
    const spans = Array.from({ length: 20 }, (_, at): TestSpan => ({ id: 1, trace: at + 1, kind: 'server', durationNs: 10 * at, status: at === 3 ? 'error' : 'unset' }));
    const [edge] = serviceGraph(traceSetOf(spans)).edges;
    expect(edge.calls.exemplars.map(({ durationNs }) => durationNs)).toEqual([30, 190, 180, 170, 160]);
  });

  test('what was seen of one side only', () => {
    const client: TestSpan = { id: 1, service: 'a', kind: 'client' };
    expect(edgesOfSpans({ id: 1, service: 'a' }, { id: 2, parent: 1, service: 'b', kind: 'server' })).toEqual(['a→b/call server 1/0']);
    expect(edgesOfSpans(client, { id: 2, parent: 1, service: 'b' })).toEqual(['a→b/call client 1/0']);
    expect(edgesOfSpans({ id: 1, service: 'a' }, { id: 2, parent: 1, service: 'b' })).toEqual(['a→b/call internal 1/0']);
    expect(edgesOfSpans({ id: 2, parent: 7, service: 'b', kind: 'server' })).toEqual([]);
    expect(edgesOfSpans(client, { id: 2, parent: 1, kind: 'server', service: 'a' })).toEqual(['a→a/call both 1/0']);
  });

  test.each([
    [{ 'db.system': 'postgresql', 'db.name': 'shop', 'peer.service': 'pg' }, 'database:shop/database'],
    [{ 'db.system': 'redis', 'db.namespace': '0' }, 'database:redis/database'],
    [{ 'server.address': 'x', 'peer.service': 'billing' }, 'external:billing/call'],
    [{ 'messaging.destination.name': 'orders', 'server.address': 'mq' }, 'messaging:orders/messaging'],
    [{ 'server.address': 'api.example', 'network.peer.address': '10.0.0.1' }, 'external:api.example/call'],
    [{ 'peer.service': '', 'server.address': 42 }, 'external:42/call'],
    [{ 'peer.service': 'long '.repeat(40) }, `external:${'long '.repeat(40)}/call`],
    [{}, 'external:unknown/call'],
  ])('peer of %j', (attributes, id) => {
    expect(edgesOfSpans({ id: 1, service: 'a', kind: 'client', attributes: attributes as TestSpan['attributes'] })).toEqual([`a→${id} client 1/0`]);
  });

  test('of nested clients the outermost that names its peer is drawn', () => {
    expect(
      edgesOfSpans(
        { id: 1, service: 'a', kind: 'client', attributes: { 'db.system': 'elasticsearch' } },
        { id: 2, parent: 1, service: 'a' },
        { id: 3, parent: 2, service: 'a', kind: 'client', attributes: { 'server.address': 'es' } }
      )
    ).toEqual(['a→database:elasticsearch/database client 1/0']);
    expect(
      edgesOfSpans({ id: 1, service: 'a', kind: 'client' }, { id: 2, parent: 1, service: 'a', kind: 'client', attributes: { 'server.address': 'es' } })
    ).toEqual(['a→external:es/call client 1/0']);
  });

  test('a peer with the name of an instrumented service is that service', () => {
    const graph = serviceGraph(
      traceSetOf([
        { id: 1, service: 'a', kind: 'client', attributes: { 'server.address': 'b' } },
        { id: 1, trace: 2, service: 'b', kind: 'server' },
      ])
    );
    expect(edgesOf(graph)).toEqual(['a→b/call client 1/0', 'user:user→b/call server 1/0']);
    expect(nodesOf(graph)).toEqual(['a 1/0', 'b 1/0', 'user:user 0/0']);
  });

  test('a root that calls is not a call that arrives, but of who is never called all there is', () => {
    const requests = Array.from({ length: 40 }, (_, at): TestSpan[] => [
      { id: 1, trace: at + 1, service: 'orders', kind: 'client' },
      { id: 2, trace: at + 1, parent: 1, service: 'orders', kind: 'server' },
      { id: 3, trace: at + 1, parent: 2, service: 'orders', kind: 'client' },
      { id: 4, trace: at + 1, parent: 3, service: 'stock', kind: 'server' },
      { id: 1, trace: at + 100, service: 'browser', kind: 'client', status: at < 10 ? 'error' : 'ok' },
      { id: 2, trace: at + 100, parent: 1, service: 'stock', kind: 'server' },
    ]).flat();
    expect(nodesOf(serviceGraph(traceSetOf(requests)))).toEqual(['browser 40/10', 'orders 40/0', 'stock 80/0']);
  });

  test('isolated services are nodes', () => {
    expect(nodesOf(serviceGraph(traceSetOf([{ id: 1, service: 'cron', status: 'error' }])))).toEqual(['cron 1/1']);
    expect(serviceGraph(traceSetOf([]))).toEqual({ nodes: [], edges: [], traceCount: 0, spanCount: 0 });
  });

  test('100,000 deep and 50,000 wide', () => {
    const deep = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined, service: `s${at % 3}` })));
    expect(serviceGraph(deep).edges.map(({ calls }) => calls.count)).toEqual([33_333, 33_333, 33_333]);
    const wide = traceSetOf(Array.from({ length: 50_001 }, (_, at) => ({ id: at + 1, parent: at ? 1 : undefined, service: at ? 'b' : 'a' })));
    expect(edgesOf(serviceGraph(wide))).toEqual(['a→b/call internal 50000/0']);
  });
});

describe('nodes other than services', () => {
  const grouped: GraphNodes = { kind: 'group', key: 'service.namespace' };
  const inNamespace = (namespace: string) => ({ resource: { 'service.namespace': namespace } });

  test('operations: counts and errors equal the rules applied to objects', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const graph = serviceGraph(traceSetOf(spans), { nodes: { kind: 'operation' } });
        expect(countsOf(graph)).toEqual(oracle(spans, ({ service, name }) => `operation:${JSON.stringify([service, name])}`));
      }),
      { seed: 12, numRuns: 200 }
    );
  });

  test('groups: counts and errors equal the rules applied to objects', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const placed = spans.map((span) => (span.service === 'c' ? span : { ...span, ...inNamespace('shop') }));
        const graph = serviceGraph(traceSetOf(placed), { nodes: grouped });
        expect(countsOf(graph)).toEqual(oracle(placed, ({ service }) => (service === 'c' ? 'c' : 'group:shop')));
      }),
      { seed: 13, numRuns: 200 }
    );
  });

  test.each<GraphNodes>([{ kind: 'operation' }, grouped])('adding sets, merging builders and one set give the same graph: %j', (nodes) => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const shifted = right.map((span) => ({ ...span, ...inNamespace('shop'), trace: span.trace! + 10 }));
        const whole = serviceGraph(traceSetOf([...left, ...shifted]), { nodes });
        const [a, b] = [traceSetOf(left), traceSetOf(shifted)];
        expect(new ServiceGraphBuilder(nodes).add(a).add(b).finish()).toEqual(whole);
        expect(new ServiceGraphBuilder(nodes).add(b).merge(new ServiceGraphBuilder(nodes).add(a)).finish()).toEqual(whole);
      }),
      { seed: 14, numRuns: 50 }
    );
  });

  test('an operation is named after the span by which the call arrived', () => {
    const { nodes, edges } = serviceGraph(
      traceSetOf([
        { id: 1, service: 'web', name: 'GET /', kind: 'server' },
        { id: 2, parent: 1, service: 'web', name: 'render' },
        { id: 3, parent: 2, service: 'web', name: 'call', kind: 'client' },
        { id: 4, parent: 3, service: 'api', name: 'List', kind: 'server' },
      ]),
      { nodes: { kind: 'operation' } }
    );
    expect(nodes).toMatchObject([{ name: 'api', operation: 'List', kind: 'service', instrumented: true }, { name: 'web', operation: 'GET /' }, { name: 'user' }]);
    expect(edges).toMatchObject([{ source: nodes[1].id, target: nodes[0].id, provenance: 'both' }, { source: 'user:user' }]);
  });

  test('a group names its services; calls inside it are calls of itself', () => {
    const { nodes, edges } = serviceGraph(
      traceSetOf([
        { id: 1, service: 'web', kind: 'client', ...inNamespace('shop') },
        { id: 2, parent: 1, service: 'api', kind: 'server', ...inNamespace('shop') },
        { id: 3, parent: 2, service: 'api', kind: 'client', ...inNamespace('shop') },
        { id: 4, parent: 3, service: 'mail', kind: 'server' },
      ]),
      { nodes: grouped }
    );
    expect(nodes).toMatchObject([{ id: 'group:shop', name: 'shop', services: ['api', 'web'] }, { id: 'mail', name: 'mail' }]);
    expect(edges).toMatchObject([{ source: 'group:shop', target: 'group:shop', selfCall: true }, { target: 'mail', selfCall: false }]);
  });

  test('a peer that is an instrumented service: its group where it has one; of its operations none', () => {
    const spans: TestSpan[] = [
      { id: 1, service: 'a', kind: 'client', attributes: { 'peer.service': 'b' } },
      { id: 1, trace: 2, service: 'b', name: 'x', ...inNamespace('shop') },
    ];
    expect(edgesOf(serviceGraph(traceSetOf(spans), { nodes: grouped }))).toEqual(['a→group:shop/call client 1/0']);
    const inTwo: TestSpan[] = [...spans, { ...spans[1], trace: 3, ...inNamespace('test') }];
    expect(edgesOf(serviceGraph(traceSetOf(inTwo), { nodes: grouped }))).toEqual(['a→external:b/call client 1/0']);
    const { nodes, edges } = serviceGraph(traceSetOf(spans), { nodes: { kind: 'operation' } });
    expect(edges).toMatchObject([{ target: 'b' }]);
    expect(nodes.find(({ id }) => id === 'b')).toMatchObject({ name: 'b', calls: { count: 1 } });
  });

  test('links and messages lead to the operation, too', () => {
    const { edges } = serviceGraph(
      traceSetOf([
        { id: 1, trace: 1, service: 'shop', name: 'send', kind: 'producer' },
        { id: 2, trace: 2, service: 'mail', name: 'receive', kind: 'consumer', links: [{ trace: 1, id: 1 }] },
      ]),
      { nodes: { kind: 'operation' } }
    );
    expect(edges).toMatchObject([{ source: 'operation:["shop","send"]', target: 'operation:["mail","receive"]', kind: 'messaging', calls: { count: 1 } }]);
  });

  test('a service whose name looks like the id of another kind', () => {
    const graph = serviceGraph(traceSetOf([{ id: 1, service: 'database:shop', kind: 'client', attributes: { 'db.system': 'x', 'db.name': 'shop' } }]));
    expect(edgesOf(graph)).toEqual(['service:database:shop→database:shop/database client 1/0']);
  });
});

describe('messages and links', () => {
  const producer: TestSpan = { id: 1, trace: 1, service: 'shop', kind: 'producer', durationNs: 10, attributes: { 'messaging.destination.name': 'orders' } };
  const consumer: TestSpan = {
    id: 2, trace: 2, service: 'mail', kind: 'consumer', startNs: 30, durationNs: 5, status: 'error',
    attributes: { 'messaging.destination.name': 'orders' }, links: [{ trace: 1, id: 1 }],
  };

  test('a linked consumer', () => {
    const graph = serviceGraph(traceSetOf([producer, consumer]));
    expect(edgesOf(graph)).toEqual(['shop→mail/messaging both 1/1']);
    expect(graph.edges[0]).toMatchObject({ gapMeanNs: 20, calls: { p50Ns: 5 }, caller: { p50Ns: 10 } });
  });

  test('in whatever order their sets arrive', () => {
    const [a, b] = [traceSetOf([producer]), traceSetOf([consumer])];
    const expected = ['shop→mail/messaging both 1/1'];
    expect(edgesOf(new ServiceGraphBuilder().add(a).add(b).finish())).toEqual(expected);
    expect(edgesOf(new ServiceGraphBuilder().add(b).add(a).finish())).toEqual(expected);
    expect(edgesOf(new ServiceGraphBuilder().add(b).merge(new ServiceGraphBuilder().add(a)).finish())).toEqual(expected);
  });

  test('topics stand in for the side that was not seen', () => {
    expect(edgesOfSpans(producer, { ...consumer, links: [] })).toEqual([
      'messaging:orders→mail/messaging server 1/1',
      'shop→messaging:orders/messaging client 1/0',
    ]);
  });

  test('a batch links to many, once each', () => {
    const links = [{ trace: 1, id: 1 }, { trace: 3, id: 1 }, { trace: 3, id: 1 }, { trace: 9, id: 9 }, { trace: 2, id: 2 }];
    expect(edgesOfSpans(producer, { ...producer, trace: 3, service: 'web' }, { ...consumer, links })).toEqual([
      'shop→mail/messaging both 1/1',
      'web→mail/messaging both 1/1',
    ]);
  });

  test('a link to the own parent is no second call; other links are', () => {
    expect(edgesOfSpans(producer, { ...consumer, trace: 1, parent: 1 })).toEqual(['shop→mail/messaging both 1/1']);
    expect(edgesOfSpans({ id: 1, service: 'a' }, { id: 1, trace: 2, service: 'b', links: [{ trace: 1, id: 1 }] })).toEqual(['a→b/link both 1/0']);
  });
});
