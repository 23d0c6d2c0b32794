/**
 * Fuzzing of every decoder and encoder: real payloads, mutated by seed. A decoder may refuse (FormatError) or read less, nothing else: no
 * other exception, no prototype written, no more rows than bytes, and everything it gives can be read to the end.
 * A run of N is reproduced by its seed; `npm run fuzz` does 100,000, a test beside it a few thousand.
 */
import { encodeUtf8, type TraceSet } from '../../trace';
import { Random } from '../../trace/testing/random';
import {
  decodeJaegerJson, decodeOtlpJson, decodeOtlpProtobuf, decodeTempoSearch, decodeTraceFrame, decodeZipkinJson, encodeJaegerJson, encodeOtlpJson,
  encodeOtlpProtobuf, encodeTraceFrame, encodeZipkinJson, FormatError, openTraces,
} from '../index';
import { messageOf, randomSpans } from './random-spans';

interface Target {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly decode: (bytes: Uint8Array) => TraceSet;
}

export interface FuzzResult {
  readonly runs: number;
  readonly opened: number;
  readonly refused: number;
}

const SEED_SPANS = 8;
/** Bytes that matter to one of the formats: JSON's, protobuf's tags, and lengths that lie. */
const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x1a, 0x22, 0x2a, 0x4a, 0x5a, 0x6a, ...encodeUtf8('"\\{}[]:,019-eEtnu')];
const PIECES = ['"__proto__"', '"__proto__":{"x":1},', '[[[[[[[[', '{"a":{"a":', '1e999', '-1', '"\\ud800"', 'null', '99999999999999999999999', '"parentSpanId":""'].map((text) => encodeUtf8(text));

export function fuzzTargets(): Target[] {
  const sets = [1, 2, 3].map((seed) => decodeOtlpProtobuf(messageOf(randomSpans(seed, SEED_SPANS))));
  const search = encodeUtf8(JSON.stringify({
    traces: [{ traceID: '1', spanSets: [{ matched: 2, spans: [
      { spanID: 'a', startTimeUnixNano: '1795334400000000001', durationNanos: '5', attributes: [{ key: 'nestedSetLeft', value: { intValue: '1' } }, { key: 'nestedSetParent', value: { intValue: '-1' } }] },
      { spanID: 'b', startTimeUnixNano: '1795334400000000002', attributes: [{ key: 'nestedSetParent', value: { intValue: '1' } }, { key: 'service.name', value: { stringValue: 's' } }] },
    ] }] }],
  }));
  const zipkinV1 = encodeUtf8(JSON.stringify([
    { traceId: '1', id: 'a', name: 'get', timestamp: 1795334400000000, duration: 90, annotations: [
      { timestamp: 1795334400000000, value: 'cs', endpoint: { serviceName: 'web' } }, { timestamp: 1795334400000010, value: 'sr', endpoint: { serviceName: 'api', port: 80 } },
    ], binaryAnnotations: [{ key: 'sa', value: true, endpoint: { serviceName: 'api' } }, { key: 'error', value: 'late', endpoint: { serviceName: 'web' } }] },
    { traceId: '1', id: 'b', parentId: 'a', binaryAnnotations: [{ key: 'lc', value: '', endpoint: { serviceName: 'api', ipv4: '10.0.0.1' } }] },
  ]));
  return [
    { name: 'otlp-protobuf', seeds: sets.map((set) => encodeOtlpProtobuf(set)), decode: decodeOtlpProtobuf },
    { name: 'otlp-json', seeds: sets.map((set) => encodeUtf8(encodeOtlpJson(set))), decode: decodeOtlpJson },
    { name: 'jaeger-json', seeds: sets.map((set) => encodeUtf8(encodeJaegerJson(set))), decode: decodeJaegerJson },
    { name: 'zipkin-json', seeds: sets.map((set) => encodeUtf8(encodeZipkinJson(set))), decode: decodeZipkinJson },
    { name: 'zipkin-v1', seeds: [zipkinV1], decode: decodeZipkinJson },
    { name: 'tempo-search', seeds: [search], decode: (bytes) => decodeTempoSearch(bytes).set },
    { name: 'grafana-frame', seeds: sets.map((set) => encodeUtf8(JSON.stringify(encodeTraceFrame(set)))), decode: decodeFrameFile },
  ];
}

interface Round {
  readonly name: string;
  readonly again: (set: TraceSet) => TraceSet;
  /** Formats with whole microseconds or without span ids of their own may take two spans for copies of one. */
  readonly keepsAll: boolean;
}

/** Out and in again, one of them after each input that opened. */
const ROUNDS: readonly Round[] = [
  { name: 'OTLP protobuf', again: (set) => decodeOtlpProtobuf(encodeOtlpProtobuf(set)), keepsAll: true },
  { name: 'OTLP JSON', again: (set) => decodeOtlpJson(encodeUtf8(encodeOtlpJson(set))), keepsAll: true },
  { name: 'Jaeger JSON', again: (set) => decodeJaegerJson(encodeUtf8(encodeJaegerJson(set))), keepsAll: false },
  { name: 'Zipkin JSON', again: (set) => decodeZipkinJson(encodeUtf8(encodeZipkinJson(set))), keepsAll: false },
  { name: 'Grafana frame', again: (set) => decodeTraceFrame(JSON.parse(JSON.stringify(encodeTraceFrame(set)))), keepsAll: false },
];

/** @throws an Error naming seed, run and target at the first failure */
export function fuzz(seed: number, runs: number): FuzzResult {
  const targets = fuzzTargets();
  let opened = 0;
  for (let run = 0; run < runs; run++) {
    const random = new Random(seed * 1_000_003 + run);
    const target = targets[run % targets.length];
    const bytes = mutate(random, random.pick(target.seeds), random.pick(target.seeds));
    // Now and then the recogniser decides, so that a file is not always what its mutation says.
    const decode = random.chance(0.1) ? (input: Uint8Array) => openTraces(input).set : target.decode;
    try {
      const set = openedOrRefused(decode, bytes);
      if (set !== undefined) {
        opened++;
        expectSound(set, bytes.length);
        expectRound(set, ROUNDS[Math.floor(run / targets.length) % ROUNDS.length]);
      }
    } catch (error) {
      throw new Error(`fuzz seed ${seed}, run ${run}, ${target.name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return { runs, opened, refused: runs - opened };
}

/** Undefined where the decoder refused with a reason. */
function openedOrRefused(decode: (bytes: Uint8Array) => TraceSet, bytes: Uint8Array): TraceSet | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof FormatError) {
      return undefined;
    }
    throw error;
  }
}

function decodeFrameFile(bytes: Uint8Array): TraceSet {
  let frame: unknown;
  try {
    frame = JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    throw new FormatError('grafana-frame', 'the file', String(error));
  }
  return decodeTraceFrame(frame);
}

function mutate(random: Random, source: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = source.slice();
  for (let count = 1 + random.below(6); count > 0; count--) {
    const at = random.below(bytes.length + 1);
    const length = random.below(Math.min(64, bytes.length - at + 1));
    switch (random.below(7)) {
      case 0:
        bytes[at] = random.below(256);
        break;
      case 1:
        bytes[at] = random.pick(INTERESTING);
        break;
      case 2:
        bytes = bytes.slice(0, at);
        break;
      case 3: // leave out
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 4: // say twice
        bytes = joined(bytes.subarray(0, at + length), bytes.subarray(at));
        break;
      case 5:
        bytes = joined(bytes.subarray(0, at), random.pick(PIECES), bytes.subarray(at));
        break;
      default: { // a piece of another payload
        const from = random.below(other.length);
        bytes = joined(bytes.subarray(0, at), other.subarray(from, from + random.below(200)), bytes.subarray(at));
      }
    }
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function expectSound(set: TraceSet, inputBytes: number): void {
  const { parent, depth, subtreeSize, startNs, durationNs, selfNs } = set.columns;
  check(set.spanCount <= inputBytes, `${set.spanCount} spans from ${inputBytes} bytes`);
  for (let row = 0; row < set.spanCount; row++) {
    check(parent[row] < row && row + subtreeSize[row] <= set.spanCount, `row ${row} is out of order`);
    check(depth[row] === (parent[row] < 0 ? 0 : depth[parent[row]] + 1), `row ${row} has depth ${depth[row]}`);
    check(startNs[row] >= 0 && durationNs[row] >= 0 && selfNs[row] >= 0, `row ${row}: ${startNs[row]} + ${durationNs[row]}, self ${selfNs[row]}`);
    set.detail(row);
    set.resource(row);
    set.scope(row);
    set.attribute(row, 'http.route');
  }
  for (let trace = 0; trace < set.traceCount; trace++) {
    set.warnings(trace);
  }
  check(Object.keys(Object.prototype).length === 0 && !('x' in {}), 'Object.prototype was written');
}

/** Whatever was read can be written and read again, trace by trace; what one trace is to a frame is its first. */
function expectRound(set: TraceSet, { name, again, keepsAll }: Round): void {
  if (set.spanCount === 0) {
    return; // to some formats nothing is no file
  }
  const copy = again(set);
  const isFrame = name === 'Grafana frame';
  const wanted = isFrame ? set.endRow(0) - set.firstRow(0) : set.spanCount;
  check(keepsAll ? copy.spanCount === wanted : copy.spanCount <= wanted && (copy.spanCount > 0 || wanted === 0), `${name}: ${copy.spanCount} spans of ${wanted} came back`);
  for (let trace = 0; trace < copy.traceCount; trace++) {
    check(set.traceIndex(copy.traceId(trace)) !== undefined, `${name}: trace ${copy.traceId(trace)} came from nowhere`);
  }
}

function check(condition: boolean, message: string): void {
  if (!condition) {
    throw new Error(message);
  }
}
