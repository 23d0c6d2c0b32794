/** Bytes → render-ready columns, in every format; warm, cold, and how it grows. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJaegerJson, decodeOtlpJson, decodeOtlpProtobuf, decodeZipkinJson } from '../src/formats';
import { parseJson } from './json-parse';
import { collectGarbage, lazily, median, ratio, time, type Benchmark } from './measure';
import { largeTraceProtobuf, makeTrace, toJaegerJson, toOtlpJson, toOtlpProtobuf, toZipkinJson } from './workload';

const SPANS = 100_000;
const protobuf = lazily(() => toOtlpProtobuf(makeTrace(SPANS)));
const json = lazily(() => toOtlpJson(makeTrace(SPANS)));
const jaeger = lazily(() => toJaegerJson(makeTrace(SPANS)));
const zipkin = lazily(() => toZipkinJson(makeTrace(SPANS)));

const COLD_PROCESSES = 5;

export const benchmarks: readonly Benchmark[] = [
  { name: 'open.protobuf.100k', what: 'OTLP protobuf, warm', limit: { atMost: 0.08 }, run: () => ratio(() => decodeOtlpProtobuf(protobuf()), () => parseJson(json())) },
  { name: 'open.protobuf.100k.cold', what: 'the first call in a fresh process', limit: { atMost: 0.2 }, run: () => cold('protobuf', SPANS) },
  { name: 'open.protobuf.10k.cold', what: 'the same, 10k spans', limit: { atMost: 0.7 }, run: () => cold('protobuf', SPANS / 10) },
  { name: 'open.json.100k', what: 'OTLP JSON, warm', limit: { atMost: 0.3 }, run: () => ratio(() => decodeOtlpJson(json()), () => parseJson(json())) },
  { name: 'open.json.100k.cold', what: 'the first call in a fresh process', limit: { atMost: 0.4 }, run: () => cold('json', SPANS) },
  { name: 'open.jaeger.100k', what: 'Jaeger JSON, against parsing the same bytes', limit: { atMost: 1.2 }, run: () => ratio(() => decodeJaegerJson(jaeger()), () => parseJson(jaeger())) },
  { name: 'open.zipkin.100k', what: 'Zipkin JSON, against parsing the same bytes', limit: { atMost: 1.2 }, run: () => ratio(() => decodeZipkinJson(zipkin()), () => parseJson(zipkin())) },
  { name: 'open.growth', what: 'time a span at 1,000,000 ÷ at 100,000', limit: { atMost: 1.3 }, run: growth },
];

function growth(): number {
  const large = largeTraceProtobuf(10 * SPANS);
  return ratio(() => decodeOtlpProtobuf(large), () => decodeOtlpProtobuf(protobuf()), 5) / 10;
}

/** Median over fresh processes of: first decoding ÷ median JSON.parse of the same trace, each inside one process. */
function cold(format: 'protobuf' | 'json', spanCount: number): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const spans = makeTrace(spanCount);
    const files = [path.join(folder, 'trace.pb'), path.join(folder, 'trace.json')];
    fs.writeFileSync(files[0], toOtlpProtobuf(spans));
    fs.writeFileSync(files[1], toOtlpJson(spans));
    const child = fileURLToPath(new URL('cold-open.ts', import.meta.url));
    return median(Array.from({ length: COLD_PROCESSES }, () => Number(execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', child, format, ...files], { encoding: 'utf8' }))));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Used by cold-open.ts, the process that is measured. What starting and reading the files left behind is not the call's garbage. */
export function firstOpenRatio(format: string, protobufBytes: Uint8Array, jsonBytes: Uint8Array): number {
  collectGarbage();
  const first = time(() => (format === 'protobuf' ? decodeOtlpProtobuf(protobufBytes) : decodeOtlpJson(jsonBytes)));
  return first / median(Array.from({ length: 5 }, () => time(() => parseJson(jsonBytes))));
}
