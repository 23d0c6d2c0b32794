/** @jest-environment node */
import { inSlices } from './in-slices';

function* counting(to: number): Generator<undefined, number> {
  for (let at = 0; at < to; at++) {
    yield;
  }
  return to;
}

it('gives what the steps end with', async () => {
  expect(await new Promise((resolve) => inSlices(counting(1000), resolve))).toBe(1000);
});

it('calls nothing once it is cancelled', async () => {
  let calls = 0;
  const cancel = inSlices(counting(10), () => calls++);
  cancel();
  await new Promise((resolve) => inSlices(counting(1000), resolve));
  expect(calls).toBe(0);
});
