import fc from 'fast-check';
import { CallsByEdge } from './calls-by-edge';
import { ServiceGraphDraft } from './service-graph-draft';

function edgesOf(count: number): ServiceGraphDraft {
  const draft = new ServiceGraphDraft();
  const user = draft.virtual('user', 'user');
  Array.from({ length: count }, (_, at) => draft.edge(user, draft.virtual('external', `peer ${at}`), 'call'));
  return draft;
}

test('visits each edge that has calls once, with its rows in the order of adding, and is empty then', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { maxLength: 40 }), fc.array(fc.nat(6), { maxLength: 40 }), (...rounds) => {
      const { edges } = edgesOf(7);
      const calls = new CallsByEdge(40);
      for (const round of rounds) {
        const expected = edges.map(() => [] as number[]);
        round.forEach((edge, row) => {
          calls.add(edges[edge], row);
          expected[edge].push(row);
        });
        const visited: Array<[number, number[]]> = [];
        calls.take(edges, (edge, rows, start, end) => visited.push([edge.index, [...rows.subarray(start, end)]]));
        expect(visited).toEqual([...expected.entries()].filter(([, rows]) => rows.length > 0));
      }
    }),
    { seed: 1 }
  );
});
