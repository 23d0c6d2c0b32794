/** Requests as an attacker or a broken exporter sends them: real ones with bytes, structure, packing and headers spoiled; seeded. */
import { gzipSync } from 'node:zlib';
import { protobufOfJson } from '../ingest/otlp-json';
import { otlpRequest, spanIdOf, traceIdOf } from './otlp-samples';
import { seededRandom } from './seeded-random';

export interface HostileRequest {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly contentEncoding: string | undefined;
}

type Random = () => number;
const below = (random: Random, count: number): number => Math.floor(random() * count);
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)];

/** Texts and values that break what trusts them. */
const NASTY = ['', '\0', '\u202e', '<img src=x onerror=alert(1)>', '__proto__', 'constructor', '../../etc/passwd', "'; DROP TABLE span; --", '\ud800', '9'.repeat(400), 'a'.repeat(5000), '-1', '1e999', 'NaN'];

export function* hostileRequests(seed: number, count: number): Generator<HostileRequest> {
  const random = seededRandom(seed);
  for (let n = 0; n < count; n++) {
    const json = JSON.stringify(sample(random, n));
    const isJson = random() < 0.4;
    let body: Uint8Array = isJson ? Buffer.from(random() < 0.5 ? json : spoiledJson(random, json)) : protobufOfJson(json);
    for (let round = below(random, 4); round > 0; round--) {
      body = spoiledBytes(random, body);
    }
    let contentEncoding: string | undefined;
    if (random() < 0.3) {
      const packed = gzipSync(random() < 0.004 ? Buffer.alloc(70 << 20) : body);
      body = random() < 0.5 ? packed : spoiledBytes(random, packed);
      contentEncoding = pick(random, ['gzip', 'gzip', 'deflate', 'br', 'GZIP ', '']);
    } else if (random() < 0.05) {
      contentEncoding = 'gzip';
    }
    const wrongType = pick(random, ['application/json', 'application/x-protobuf', 'text/plain', '', 'application/json; charset=utf-16']);
    yield { body, contentEncoding, contentType: random() < 0.9 ? (isJson ? 'application/json' : 'application/x-protobuf') : wrongType };
  }
}

function sample(random: Random, n: number): object {
  const spans = Array.from({ length: 1 + below(random, 4) }, (_, i) => ({
    traceId: traceIdOf(1 + below(random, 50)), spanId: spanIdOf(n * 8 + i + 1), ...(random() < 0.5 && { parentSpanId: spanIdOf(n * 8 + below(random, 8)) }),
    name: pick(random, NASTY), startMs: below(random, 1e6), durationMs: below(random, 2000) - 500, kind: below(random, 9), error: random() < 0.2,
    attributes: { [pick(random, NASTY)]: pick(random, NASTY), number: below(random, 1e9), flag: random() < 0.5 },
  }));
  const request = otlpRequest(pick(random, NASTY), spans);
  if (random() < 0.05) {
    Object.assign((request.resourceSpans[0] as { scopeSpans: Array<{ spans: object[] }> }).scopeSpans[0].spans[0], { attributes: [{ key: 'nested', value: nested(below(random, 30)) }] });
  }
  return request;
}

function nested(depth: number): object {
  return depth === 0 ? { stringValue: 'bottom' } : { arrayValue: { values: [nested(depth - 1)] } };
}

function spoiledJson(random: Random, json: string): string {
  const at = below(random, json.length);
  return pick(random, [
    () => json.slice(0, at),
    () => json.slice(0, at) + pick(random, ['{', '}', '[', ']', '"', 'null', ',', '1e309', '\\u0000']) + json.slice(at),
    () => json.replaceAll(/:"[^"]*"/g, () => (random() < 0.1 ? `:${pick(random, ['null', '{}', '[]', '-1', '1.5', 'true', JSON.stringify(pick(random, NASTY))])}` : ':"1"')),
    () => '['.repeat(below(random, 100_000)),
    () => `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":${'{"arrayValue":{"values":['.repeat(2000)}`,
  ])();
}

function spoiledBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const spoiled = Buffer.from(bytes);
  const at = below(random, Math.max(1, spoiled.length));
  return pick(random, [
    () => {
      spoiled[at] ^= 1 << below(random, 8);
      return spoiled;
    },
    () => spoiled.fill(pick(random, [0, 0x7f, 0x80, 0xff]), Math.min(at, spoiled.length), Math.min(spoiled.length, at + 1 + below(random, 12))),
    () => spoiled.subarray(0, at),
    () => Buffer.concat([spoiled.subarray(0, at), spoiled.subarray(below(random, at + 1))]),
    () => Buffer.concat([spoiled.subarray(0, at), Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), spoiled.subarray(at)]),
    () => Buffer.alloc(below(random, 64), below(random, 256)),
  ])();
}
