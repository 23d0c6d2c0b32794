import { openTraces, type OpenedTraces } from '../../../formats';
import { TraceSet } from '../../../trace';
import { CorsWorker } from '../../worker/cors-worker';
import type { DecodeAnswer } from './decode.worker';

/** Smaller inputs are decoded at once: asking a worker takes longer. */
const WORKER_FROM_BYTES = 500_000;

/** An input that cannot be shown; the message is meant for the screen. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** A worker with its script loaded that waits for the next input. */
let idleWorker: Worker | undefined;

/** Starts the worker ahead of the first large input; for pages on which one may come. */
export function warmDecoder(): void {
  idleWorker ??= startWorker();
}

/**
 * Decodes traces of any known format without holding up the page: in a worker where there can be one.
 *
 * @param signal ends the decoding when aborted
 * @param onBeginning is shown the first spans of a large input while the rest is read
 * @throws DecodeError; the signal's reason when aborted
 */
export async function decodeTraces(bytes: Uint8Array, signal?: AbortSignal, onBeginning?: (opened: OpenedTraces) => void): Promise<OpenedTraces> {
  signal?.throwIfAborted();
  const worker = bytes.length < WORKER_FROM_BYTES ? undefined : takeWorker();
  if (!worker) {
    return openHere(bytes);
  }
  let answer: Settled | 'noWorker';
  try {
    answer = await answerOf(worker, bytes, signal, onBeginning);
  } catch (reason) {
    worker.terminate();
    throw reason;
  }
  if (answer === 'noWorker') {
    worker.terminate();
    return openHere(bytes);
  }
  giveBack(worker);
  if (answer.kind === 'failed') {
    throw new DecodeError(answer.message);
  }
  return { format: answer.format, set: new TraceSet(answer.columns) };
}

type Settled = Exclude<DecodeAnswer, { readonly kind: 'beginning' }>;

function takeWorker(): Worker | undefined {
  const worker = idleWorker ?? startWorker();
  idleWorker = undefined;
  return worker;
}

function giveBack(worker: Worker): void {
  if (idleWorker) {
    worker.terminate();
  } else {
    idleWorker = worker;
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

function answerOf(
  worker: Worker,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
  onBeginning: ((opened: OpenedTraces) => void) | undefined
): Promise<Settled | 'noWorker'> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      if (data.kind !== 'beginning') {
        resolve(data);
      } else if (!signal?.aborted) {
        onBeginning?.({ format: data.format, set: new TraceSet(data.columns) });
      }
    };
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
