import type { TraceOptions } from '../../../backends/backend';
import { openTraces, type OpenedTraces } from '../../../formats';
import { TraceSet, type OnSpans } from '../../../trace';
import { CorsWorker } from '../../worker/cors-worker';
import type { DecodeAnswer } from './decode.worker';

/** Smaller inputs are decoded at once: asking a worker takes longer. */
const WORKER_FROM_BYTES = 500_000;

/** An input that cannot be shown; the message is meant for the screen. */
class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export interface DecodeOptions {
  /** Ends the decoding when aborted. */
  readonly signal?: AbortSignal;
  /** Is shown the first spans of a large input while the rest is read. */
  readonly onBeginning?: (opened: OpenedTraces) => void;
  /** Is told how many spans of a large input are read. */
  readonly onSpans?: OnSpans;
  /** Nobody else reads the bytes: they may be handed over, and are gone then. */
  readonly isOwned?: boolean;
}

/** Starts the worker ahead of the first large input; for pages on which one may come. */
export function warmDecoder(): void {
  idle ??= startDecoder();
}

/**
 * Decodes traces of any known format without holding up the page: in a worker where there can be one.
 *
 * @throws DecodeError; the signal's reason when aborted
 */
export async function decodeTraces(bytes: Uint8Array, options: DecodeOptions = {}): Promise<OpenedTraces> {
  options.signal?.throwIfAborted();
  const decoder = bytes.length < WORKER_FROM_BYTES ? undefined : takeDecoder();
  if (!decoder) {
    return openHere(bytes);
  }
  let answer: Settled | 'noWorker';
  try {
    answer = await answerOf(decoder, bytes, options);
  } catch (reason) {
    decoder.worker.terminate();
    throw reason;
  }
  if (answer === 'noWorker') {
    decoder.worker.terminate();
    return openHere(bytes);
  }
  giveBack(decoder);
  if (answer.kind === 'failed') {
    throw new DecodeError(answer.message);
  }
  return { format: answer.format, set: new TraceSet(answer.columns) };
}

/** As a backend has an answer decoded that is large. @throws as decodeTraces */
export async function decodeLargeTrace(bytes: Uint8Array, { signal, onProgress, onBeginning }: TraceOptions): Promise<TraceSet> {
  const { set } = await decodeTraces(bytes, {
    signal,
    onBeginning: (opened) => onBeginning?.(opened.set),
    onSpans: (spanCount) => onProgress?.({ kind: 'decoding', spanCount }),
  });
  return set;
}

type Settled = Extract<DecodeAnswer, { readonly kind: 'opened' | 'failed' }>;

interface Decoder {
  readonly worker: Worker;
  /** Its script was loaded. Until then that may fail, and the page needs the bytes itself. */
  isReady: boolean;
}

/** Waits for the next input. */
let idle: Decoder | undefined;

function takeDecoder(): Decoder | undefined {
  const decoder = idle ?? startDecoder();
  idle = undefined;
  return decoder;
}

function giveBack(decoder: Decoder): void {
  if (idle) {
    decoder.worker.terminate();
  } else {
    idle = decoder;
  }
}

/** Undefined where a policy of the page forbids workers. */
function startDecoder(): Decoder | undefined {
  try {
    const decoder = { worker: new CorsWorker(new URL('./decode.worker', import.meta.url)), isReady: false };
    decoder.worker.onmessage = () => (decoder.isReady = true);
    return decoder;
  } catch {
    return undefined;
  }
}

function answerOf(decoder: Decoder, bytes: Uint8Array, { signal, onBeginning, onSpans, isOwned = false }: DecodeOptions): Promise<Settled | 'noWorker'> {
  const { worker } = decoder;
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      decoder.isReady = true;
      if (data.kind === 'opened' || data.kind === 'failed') {
        resolve(data);
      } else if (data.kind === 'beginning' && !signal?.aborted) {
        onBeginning?.({ format: data.format, set: new TraceSet(data.columns) });
      } else if (data.kind === 'reading' && !signal?.aborted) {
        onSpans?.(data.spanCount);
      }
    };
    // The script was refused or not found.
    worker.onerror = () => resolve('noWorker');
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    // Else copied: frames are shared with other panels.
    worker.postMessage(bytes, { transfer: isOwned && decoder.isReady && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [] });
  });
}

function openHere(bytes: Uint8Array): OpenedTraces {
  try {
    return openTraces(bytes);
  } catch (error) {
    throw new DecodeError(error instanceof Error ? error.message : String(error));
  }
}
