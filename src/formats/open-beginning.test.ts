import { encodeUtf8 } from '../trace';
import { decodeOtlpProtobuf, encodeJaegerJson, encodeOtlpJson, encodeOtlpProtobuf, encodeZipkinJson, isBeginning, openBeginning, openTraces } from './index';
import { messageOf, randomSpans } from './testing/random-spans';

const set = decodeOtlpProtobuf(messageOf(randomSpans(8, 60, { sane: true })));
const protobuf = encodeOtlpProtobuf(set);

/** As Tempo answers: TraceByIDResponse with the trace as field 1. */
function asAnswer(trace: Uint8Array): Uint8Array {
  const length = [];
  for (let rest = trace.length; rest > 0; rest >>>= 7) {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  }
  return Uint8Array.from([0x0a, ...length, ...trace]);
}

describe('openBeginning', () => {
  it.each([
    ['OTLP protobuf', protobuf],
    ['an answer of Tempo', asAnswer(protobuf)],
    ['OTLP JSON', encodeUtf8(encodeOtlpJson(set))],
    ['Zipkin JSON', encodeUtf8(encodeZipkinJson(set))],
  ])('reads %s cut at any place: more and more spans, each as in the whole', (_, bytes) => {
    const whole = openTraces(bytes).set;
    const known = new Set(Array.from({ length: whole.spanCount }, (_span, row) => `${whole.spanId(row)} ${whole.service(row)} ${whole.operation(row)}`));
    let most = 0;
    for (let cut = 1; cut < bytes.length; cut += 97) {
      const beginning = openBeginning(bytes.subarray(0, cut))?.set;
      const spans = Array.from({ length: beginning?.spanCount ?? 0 }, (_span, row) => `${beginning!.spanId(row)} ${beginning!.service(row)} ${beginning!.operation(row)}`);
      expect([spans.filter((span) => !known.has(span)), spans.length >= most]).toEqual([[], true]);
      most = spans.length;
    }
    expect(most).toBeGreaterThan(40);
  });

  it('says that it is one', () => {
    expect(isBeginning(openBeginning(protobuf.subarray(0, protobuf.length / 2))!.set)).toBe(true);
    expect(isBeginning(set)).toBe(false);
  });

  it.each([
    ['services follow the spans', encodeUtf8(encodeJaegerJson(set)).subarray(0, 2000)],
    ['nothing is there yet', new Uint8Array()],
    ['it is none of ours', encodeUtf8('<html>')],
    ['no span is whole yet', protobuf.subarray(0, 20)],
  ])('gives nothing where %s', (_, bytes) => {
    expect(openBeginning(bytes)).toBeUndefined();
  });
});

it('tells how many spans are read, and in the end how many there are', () => {
  const spans = randomSpans(3, 20_000, { sane: true });
  for (const bytes of [messageOf(spans), encodeUtf8(encodeZipkinJson(decodeOtlpProtobuf(messageOf(spans))))]) {
    const told: number[] = [];
    const { spanCount } = openTraces(bytes, (count) => told.push(count)).set;
    expect(told).toEqual([16_384, spanCount]);
  }
});
