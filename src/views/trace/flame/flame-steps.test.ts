import { pathTo, stepFrom, type FlameStep } from './flame-steps';

// 0 ─ 1 ─ 2, 0 ─ 3, and a second root 4
const columns = { parent: Int32Array.of(-1, 0, 1, 0, -1), depth: Uint32Array.of(0, 1, 2, 1, 0), subtreeSize: Uint32Array.of(4, 2, 1, 1, 1), selfNs: new Float64Array(5).fill(1) };
const steps = (step: FlameStep) => [0, 1, 2, 3, 4].map((node) => stepFrom(columns, node, step));

it('steps to callers, callees and siblings, and stays where there is none', () => {
  expect(steps('caller')).toEqual([0, 0, 1, 0, 4]);
  expect(steps('callee')).toEqual([1, 2, 2, 3, 4]);
  expect(steps('next')).toEqual([4, 3, 2, 3, 4]);
  expect(steps('previous')).toEqual([0, 1, 2, 1, 0]);
});

it('names the way from the root', () => expect(pathTo(columns, 2)).toEqual([0, 1, 2]));
