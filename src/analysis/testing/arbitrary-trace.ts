/** Random span trees for fast-check: few names and services, times that overlap, touch and stick out of the parent. */
import fc from 'fast-check';
import type { SpanKindName } from '../../trace';
import type { TestSpan } from './spans';

const KINDS: readonly SpanKindName[] = ['internal', 'server', 'client', 'producer', 'consumer'];

interface Draw {
  readonly up: number;
  readonly startNs: number;
  readonly durationNs: number;
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKindName;
  readonly isError: boolean;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  up: fc.nat(),
  startNs: fc.integer({ min: 0, max: 12 }),
  durationNs: fc.integer({ min: 0, max: 12 }),
  service: fc.constantFrom('a', 'b', 'c'),
  name: fc.constantFrom('x', 'y', 'z'),
  kind: fc.constantFrom(...KINDS),
  isError: fc.boolean(),
});

/** One tree; span ids count from 1 and parents come first. Start of a child is relative to its parent's. */
export function arbitraryTrace({ trace = 1, maxSpans = 25 }: { readonly trace?: number; readonly maxSpans?: number } = {}): fc.Arbitrary<TestSpan[]> {
  return fc.array(draw, { minLength: 1, maxLength: maxSpans }).map((draws) => {
    const spans: TestSpan[] = [];
    draws.forEach(({ up, isError, ...rest }, at) => {
      const parent = at === 0 ? undefined : spans[up % at];
      spans.push({
        ...rest,
        id: at + 1,
        trace,
        parent: parent?.id,
        startNs: (parent?.startNs ?? 0) + rest.startNs,
        durationNs: parent === undefined ? 4 * rest.durationNs : rest.durationNs,
        status: isError ? 'error' : 'unset',
      });
    });
    return spans;
  });
}

/** Several traces of the same vocabulary. */
export function arbitraryTraces(maxTraces = 5): fc.Arbitrary<TestSpan[]> {
  return fc.array(arbitraryTrace({ maxSpans: 12 }), { minLength: 1, maxLength: maxTraces })
    .map((traces) => traces.flatMap((spans, at) => spans.map((span) => ({ ...span, trace: at + 1 }))));
}
