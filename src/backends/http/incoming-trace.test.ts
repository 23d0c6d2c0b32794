import { decodeOtlpProtobuf, isBeginning } from '../../formats';
import { messageOf, randomSpans } from '../../formats/testing/random-spans';
import type { TraceSet } from '../../trace';
import type { TraceProgress } from '../backend';
import type { HttpRequest } from './http-client';
import { watched } from './incoming-trace';

const bytes = messageOf(randomSpans(2, 8000, { sane: true }));
const whole = decodeOtlpProtobuf(bytes);

/** Gives the bytes in pieces of this length. */
function receive({ onReceived }: HttpRequest, pieceBytes: number, from = 0, to = bytes.length): void {
  for (let at = from; at < to; at += pieceBytes) {
    const chunk = bytes.subarray(at, Math.min(to, at + pieceBytes));
    onReceived?.({ chunk, receivedBytes: at + chunk.length, totalBytes: bytes.length });
  }
}

it.each([1000, 65_536, 300_000, bytes.length])('shows the first spans once, in pieces of %d bytes', (pieceBytes) => {
  const shown: TraceSet[] = [];
  receive(watched({ path: '/t' }, { onBeginning: (set) => shown.push(set) }), pieceBytes);
  expect(shown.map((set) => [isBeginning(set), set.spanCount > 100, set.spanCount < whole.spanCount])).toEqual([[true, true, true]]);
});

it('shows the first spans of the second try where the first was lost', () => {
  const shown: TraceSet[] = [];
  const request = watched({ path: '/t' }, { onBeginning: (set) => shown.push(set) });
  receive(request, 70_000, 0, 140_000);
  expect(shown).toEqual([]);
  receive(request, 50_000);
  expect(shown).toHaveLength(1);
});

it('tells how much is there, ten times a second at most', () => {
  const told: TraceProgress[] = [];
  let nowMs = 0;
  receive(watched({ path: '/t' }, { onProgress: (progress) => told.push(progress) }, () => (nowMs += 10)), 10_000);
  expect(told[0]).toEqual({ kind: 'receiving', receivedBytes: 10_000, totalBytes: bytes.length });
  expect(told.length).toBeGreaterThan(2);
  expect(told.length).toBeLessThan(bytes.length / 10_000 / 4);
});

it('leaves a request alone that nobody watches', () => {
  const what = { path: '/t' };
  expect(watched(what, {})).toBe(what);
});
