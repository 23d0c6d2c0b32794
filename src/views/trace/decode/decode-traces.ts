import { openTraces, type OpenedTraces } from '../../../formats';
import { TraceSet } from '../../../trace';
import { CorsWorker } from '../../worker/cors-worker';
import type { DecodeAnswer } from './decode.worker';

/** Smaller inputs are decoded at once: starting a worker takes longer. */
const WORKER_FROM_BYTES = 500_000;

/** An input that cannot be shown; the message is meant for the screen. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/**
 * Decodes traces of any known format without holding up the page: in a worker where there can be one.
 *
 * @param signal ends the worker when aborted
 * @throws DecodeError; the signal's reason when aborted
 */
export async function decodeTraces(bytes: Uint8Array, signal?: AbortSignal): Promise<OpenedTraces> {
  signal?.throwIfAborted();
  const worker = bytes.length < WORKER_FROM_BYTES ? undefined : startWorker();
  if (!worker) {
    return openHere(bytes);
  }
  try {
    const answer = await answerOf(worker, bytes, signal);
    if (answer === 'noWorker') {
      return openHere(bytes);
    }
    if (answer.kind === 'failed') {
      throw new DecodeError(answer.message);
    }
    return { format: answer.format, set: new TraceSet(answer.columns) };
  } finally {
    worker.terminate();
  }
}

/** Undefined where a policy of the page forbids workers. */
function startWorker(): Worker | undefined {
  try {
    return new CorsWorker(new URL('./decode.worker', import.meta.url));
  } catch {
    return undefined;
  }
}

function answerOf(worker: Worker, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<DecodeAnswer | 'noWorker'> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => resolve(data);
    // The script was refused or not found.
    worker.onerror = () => resolve('noWorker');
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    // Copied, not transferred: frames are shared with other panels.
    worker.postMessage(bytes);
  });
}

function openHere(bytes: Uint8Array): OpenedTraces {
  try {
    return openTraces(bytes);
  } catch (error) {
    throw new DecodeError(error instanceof Error ? error.message : String(error));
  }
}
