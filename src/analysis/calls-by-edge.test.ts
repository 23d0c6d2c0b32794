import fc from 'fast-check';
import { StatusCode } from '../trace';
import { exemplarOf } from './call-statistics';
import { CallsByEdge } from './calls-by-edge';
import { EdgeKindNumber, ServiceGraphDraft } from './service-graph-draft';
import { traceSetOf, type TestSpan } from './testing/spans';

const EDGES = 7;
const ROWS = 40;

const spans = Array.from({ length: ROWS }, (_, at): TestSpan => ({ id: at + 1, trace: at + 1, durationNs: (at * 7919) % 10_007, status: at % 5 === 0 ? 'error' : 'unset' }));
const set = traceSetOf(spans);

interface Call {
  readonly edge: number;
  readonly row: number;
  readonly strength: number;
  readonly callerFailed: boolean;
  readonly callerNs: number | undefined;
}

const call: fc.Arbitrary<Call> = fc.record({
  edge: fc.nat(EDGES - 1), row: fc.nat(ROWS - 1), strength: fc.nat(3), callerFailed: fc.boolean(), callerNs: fc.option(fc.nat(1e9), { nil: undefined }),
});

/** A draft gets its edges one after the other, as calls meet them. */
function edgeOf(draft: ServiceGraphDraft, edge: number): number {
  return draft.edgeNumber(draft.virtual('user', 'user'), draft.virtual('external', `peer ${edge}`), EdgeKindNumber.call);
}

function together(rounds: readonly Call[][]): ServiceGraphDraft {
  const draft = new ServiceGraphDraft();
  const calls = new CallsByEdge(draft.edges);
  for (const round of rounds) {
    for (const { edge, row, strength, callerFailed, callerNs } of round) {
      calls.add(edgeOf(draft, edge), strength, set, row, callerFailed);
      if (callerNs !== undefined) {
        calls.addCaller(edgeOf(draft, edge), callerNs, callerNs - 1);
      }
    }
    calls.flush();
  }
  return draft;
}

function oneByOne(calls: readonly Call[]): ServiceGraphDraft {
  const draft = new ServiceGraphDraft();
  for (const { edge, row, strength, callerFailed, callerNs } of calls) {
    const known = draft.edges[edgeOf(draft, edge)].seen(strength);
    known.calls.addExemplar(exemplarOf(set, row, callerFailed || set.columns.status[row] === StatusCode.error));
    if (callerNs !== undefined) {
      known.callerDurations.add(callerNs);
      known.gapSumNs += callerNs - 1;
    }
  }
  return draft;
}

test('edges count as if each call were counted at once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(call, { maxLength: 60 }), { maxLength: 4 }), (rounds) => {
      expect(together(rounds).lists()).toEqual(oneByOne(rounds.flat()).lists());
    }),
    { seed: 1 }
  );
});

test('more calls than wait at a time', () => {
  const some = fc.sample(call, { seed: 2, numRuns: 500 });
  const many = Array.from({ length: 100 }, () => some).flat();
  expect(together([many]).lists()).toEqual(oneByOne(many).lists());
});
