import { linkEdgesInSteps, type LinkEdges } from './link-edges';
import { testSpanId, testTraceId, traceSetOf } from './testing/spans';

const set = traceSetOf([
  { id: 1, startNs: 0, durationNs: 10 },
  { id: 2, parent: 1, startNs: 1, links: [{ trace: 1, id: 3 }, { trace: 9, id: 7 }] },
  { id: 3, parent: 1, startNs: 2, links: [{ trace: 1, id: 3 }, { trace: 9, id: 2 }] },
]);

function linkEdges(rowsAStep?: number): LinkEdges {
  const steps = linkEdgesInSteps(set, 0, rowsAStep);
  let step = steps.next();
  while (!step.done) {
    step = steps.next();
  }
  return step.value;
}

it('tells links within the trace from those that leave it, though span ids be the same', () => {
  const { within, leaving } = linkEdges();
  expect(within).toEqual([{ from: 1, to: 2 }]);
  expect(leaving).toEqual([
    { from: 1, traceId: testTraceId(9), spanId: testSpanId(7) },
    { from: 2, traceId: testTraceId(9), spanId: testSpanId(2) },
  ]);
});

it('comes to the same in small steps', () => {
  expect(linkEdges(1)).toEqual(linkEdges());
});
