import { GuardedExporter, redactSpan, type ReadableSpan, type SpanExporter } from './guarded-exporter';

const SPAN = {
  name: 'mail to ada@example.org',
  attributes: { to: 'ada@example.org' },
  status: { code: 2, message: 'ada@example.org refused' },
  events: [{ name: 'refused ada@example.org', time: [0, 0], attributes: { 'exception.message': 'no ada@example.org' } }],
  links: [{ context: { traceId: 'a', spanId: 'b', traceFlags: 1 }, attributes: { from: 'ada@example.org' } }],
  startTime: [1, 2],
} as unknown as ReadableSpan;

class ScriptedExporter implements SpanExporter {
  readonly exported: ReadableSpan[] = [];
  constructor(private readonly outcomes: boolean[]) {}
  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.exported.push(...spans);
    done(this.outcomes.shift() ? { code: 0 } : { code: 1, error: new Error('14 UNAVAILABLE\nand a stack') });
  }
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

test('every text of a span is masked, the rest is the original’s', () => {
  const safe = redactSpan(SPAN);
  const texts = JSON.stringify([safe.name, safe.attributes, safe.status, safe.events, safe.links]);
  expect(texts).not.toContain('ada@');
  expect(texts.match(/a\*\*\*@example\.org/g)).toHaveLength(6);
  expect(safe.startTime).toBe(SPAN.startTime);
  expect(SPAN.name).toBe('mail to ada@example.org');
});

test('says once that the collector takes no spans, and once that it does again', () => {
  const lines: string[] = [];
  const exporter = new GuardedExporter(new ScriptedExporter([true, false, false, true, true, false]), 'http://c:4317', (line) => lines.push(line));
  for (let batch = 0; batch < 6; batch++) {
    exporter.export([SPAN], () => undefined);
  }
  expect(lines).toEqual([
    'telemetry: http://c:4317 takes no spans (14 UNAVAILABLE); going on without, spans are dropped until it does',
    'telemetry: http://c:4317 answers again',
    'telemetry: http://c:4317 takes no spans (14 UNAVAILABLE); going on without, spans are dropped until it does',
  ]);
});

test('what goes out is masked', () => {
  const inner = new ScriptedExporter([true]);
  new GuardedExporter(inner, 'http://c:4317', () => undefined).export([SPAN], () => undefined);
  expect(inner.exported[0].attributes).toEqual({ to: 'a***@example.org' });
});
