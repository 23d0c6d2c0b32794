/** The thread of `otlp-json-thread.ts`: one body in, one message out. */
import { parentPort, workerData } from 'node:worker_threads';
import { OtlpJsonError, protobufOfJson } from './otlp-json';
import type { Converted } from './otlp-json-thread';

function converted(body: Uint8Array): Converted {
  try {
    return { kind: 'protobuf', bytes: protobufOfJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')) };
  } catch (error) {
    if (error instanceof OtlpJsonError) {
      return { kind: 'malformed', message: error.message };
    }
    throw error;
  }
}

const message = converted(workerData as Uint8Array);
parentPort?.postMessage(message, message.kind === 'protobuf' ? [message.bytes.buffer as ArrayBuffer] : []);
