/** Seeded spans with everything that goes wrong in the field: missing parents, cycles, twins, times that make no sense. */
import type { AnyValue, Attribute, SpanId, TraceId } from '../../trace';
import { Random } from '../../trace/testing/random';
import type { SpanRecord } from '../otlp/message-writer';
import { OtlpMessageBuilder } from '../otlp/otlp-builder';

export interface RandomSpan extends SpanRecord {
  readonly service: string;
  readonly spanId: SpanId;
  readonly attributes: readonly Attribute[];
}

const BASE_UNIX_NS = 1795334400000000000n;
const TEXTS = ['', 'GET', 'a "quoted" \\ name', 'naïve ☕', '😀'.repeat(12), 'line\nbreak\ttab', '__proto__', 'x'.repeat(130), '\u0000\u001f', '</script>'];

export function randomSpans(seed: number, count: number, options: { sane?: boolean } = {}): RandomSpan[] {
  const random = new Random(seed);
  const traces = Array.from({ length: 1 + random.below(4) }, () => hex(random, 32) as TraceId);
  const spans: RandomSpan[] = [];
  for (let index = 0; index < count; index++) {
    const startUnixNs = BASE_UNIX_NS + BigInt(random.below(1e9));
    const twin = !options.sane && spans.length > 0 && random.chance(0.03) ? random.pick(spans) : undefined;
    const known = spans.length > 0 && random.chance(0.85) ? random.pick(spans) : undefined;
    spans.push({
      traceId: twin?.traceId ?? known?.traceId ?? random.pick(traces),
      spanId: twin?.spanId ?? (hex(random, 16) as SpanId),
      parentSpanId: !options.sane && random.chance(0.05) ? (hex(random, 16) as SpanId) : known?.spanId,
      service: random.pick(['web', 'api', 'db']),
      name: random.pick(TEXTS),
      kind: random.below(6),
      status: random.below(3),
      statusMessage: random.chance(0.2) ? random.pick(TEXTS) : '',
      traceState: random.chance(0.1) ? 'vendor=1' : '',
      startUnixNs: !options.sane && random.chance(0.02) ? undefined : startUnixNs,
      endUnixNs: options.sane || random.chance(0.95) ? startUnixNs + BigInt(random.below(1e7)) : random.chance(0.5) ? undefined : startUnixNs - 5n,
      attributes: Array.from({ length: random.below(5) }, () => ({ key: random.pick([...TEXTS, 'http.route']), value: randomValue(random, 0) })),
      events: random.chance(0.2) ? [{ timeUnixNs: startUnixNs + 1n, name: random.pick(TEXTS), attributes: [], droppedAttributesCount: random.below(2) }] : [],
      links: random.chance(0.1)
        ? [{ traceId: random.pick(traces), spanId: hex(random, 16) as SpanId, traceState: '', flags: 1, attributes: [], droppedAttributesCount: 0 }]
        : [],
      flags: random.pick([0, 1, 0x101]),
      droppedAttributesCount: random.below(3), droppedEventsCount: 0, droppedLinksCount: 0,
    });
  }
  if (!options.sane) {
    // Some spans become their own ancestors.
    for (let cycles = random.below(3); cycles > 0 && spans.length > 1; cycles--) {
      const at = random.below(spans.length);
      const below = spans.find((span) => span.parentSpanId === spans[at].spanId) ?? spans[at];
      spans[at] = { ...spans[at], parentSpanId: below.spanId };
    }
  }
  return spans;
}

/** The spans as one OTLP protobuf message, a resource a service. */
export function messageOf(spans: readonly RandomSpan[]): Uint8Array {
  const message = new OtlpMessageBuilder();
  for (const span of spans) {
    message.add(span.service, () => [{ key: 'service.name', value: { kind: 'string', value: span.service } }], span, { name: 'test', version: '1' });
  }
  return message.finish();
}

function randomValue(random: Random, depth: number): AnyValue {
  switch (random.below(depth > 2 ? 5 : 8)) {
    case 0:
      return { kind: 'bool', value: random.chance(0.5) };
    case 1:
      return { kind: 'int', value: BigInt.asIntN(64, (BigInt(random.word()) << BigInt(random.below(33))) * (random.chance(0.3) ? -1n : 1n)) };
    case 2:
      return { kind: 'double', value: random.pick([0.5, -1e300, 3, NaN, Infinity, 5e-324]) };
    case 3:
      return { kind: 'bytes', value: Uint8Array.from({ length: random.below(9) }, () => random.below(256)) };
    case 4:
      return { kind: 'empty' };
    case 5:
      return { kind: 'array', value: Array.from({ length: random.below(3) }, () => randomValue(random, depth + 1)) };
    case 6:
      return { kind: 'kvlist', value: Array.from({ length: random.below(3) }, () => ({ key: random.pick(TEXTS), value: randomValue(random, depth + 1) })) };
    default:
      return { kind: 'string', value: random.pick(TEXTS) };
  }
}

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += random.word().toString(16).padStart(8, '0');
  }
  return text;
}
