/**
 * OTLP/JSON to protobuf without holding up whoever asks: JSON is parsed in one go, so a large body is converted on a thread that is
 * started for it. Its memory goes with it.
 */
import { Worker } from 'node:worker_threads';
import { OtlpJsonError } from './otlp-json';
import { protobufOfJsonBody } from './otlp-json-body';

export type Converted = { readonly kind: 'protobuf'; readonly bytes: Uint8Array } | { readonly kind: 'malformed'; readonly message: string };

/** Smaller bodies are converted in less time than a thread takes to start. */
const LARGE_BYTES = 2 << 20;

/** One large body after the other: each takes several times its size. */
let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * @param body an ExportTraceServiceRequest in JSON; a large one is given away with its memory
 * @throws OtlpJsonError naming the field that is wrong
 */
export async function protobufOfBody(body: Uint8Array): Promise<Uint8Array> {
  if (body.length < LARGE_BYTES) {
    return protobufOfJsonBody(body);
  }
  const turn = lastTurn.then(() => onThread(body));
  lastTurn = turn.catch(() => undefined);
  const converted = await turn;
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
