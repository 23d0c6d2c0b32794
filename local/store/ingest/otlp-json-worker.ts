/** The thread of `otlp-json-thread.ts`: one body in, one message out. */
import { parentPort, workerData } from 'node:worker_threads';
import { OtlpJsonError } from './otlp-json';
import { protobufOfJsonBody } from './otlp-json-body';
import type { Converted } from './otlp-json-thread';

function converted(body: Uint8Array): Converted {
  try {
    return { kind: 'protobuf', bytes: protobufOfJsonBody(body) };
  } catch (error) {
    if (error instanceof OtlpJsonError) {
      return { kind: 'malformed', message: error.message };
    }
    throw error;
  }
}

const message = converted(workerData as Uint8Array);
parentPort?.postMessage(message, message.kind === 'protobuf' ? [message.bytes.buffer as ArrayBuffer] : []);
