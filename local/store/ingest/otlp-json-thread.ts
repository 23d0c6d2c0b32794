/**
 * OTLP/JSON to protobuf without holding up whoever asks: JSON is parsed in one go, so a large body is converted on a thread that is
 * started for it. Its memory goes with it.
 */
import { Worker } from 'node:worker_threads';
import { OtlpJsonError, protobufOfJson } from './otlp-json';

export type Converted = { readonly kind: 'protobuf'; readonly bytes: Uint8Array } | { readonly kind: 'malformed'; readonly message: string };

/** Smaller bodies are converted in less time than a thread takes to start. */
const LARGE_BYTES = 2 << 20;

/**
 * @param body an ExportTraceServiceRequest in JSON; a large one is given away with its memory
 * @throws OtlpJsonError naming the field that is wrong
 */
export async function protobufOfBody(body: Uint8Array): Promise<Uint8Array> {
  if (body.length < LARGE_BYTES) {
    return protobufOfJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  }
  const converted = await onThread(body);
  if (converted.kind === 'malformed') {
    throw new OtlpJsonError(converted.message);
  }
  return converted.bytes;
}

function onThread(body: Uint8Array): Promise<Converted> {
  const own = body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer ? body : new Uint8Array(body);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./otlp-json-worker-start.mjs', import.meta.url), { workerData: own, transferList: [own.buffer as ArrayBuffer], execArgv: [] });
    worker.once('message', resolve).once('error', reject).once('exit', () => reject(new Error('the thread that converts JSON ended without an answer')));
  });
}
