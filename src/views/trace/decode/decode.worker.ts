/** Runs in the worker: one input after the other in, its columns out, nothing copied on the way back. */
import { openBeginning, openTraces, type FormatName, type OpenedTraces } from '../../../formats';
import type { OnSpans, TraceColumns } from '../../../trace';

interface Opened {
  readonly format: FormatName;
  readonly columns: TraceColumns;
}

export type DecodeAnswer =
  /** The script has been loaded. */
  | { readonly kind: 'ready' }
  /** The beginning of a large input, to look at while the rest is read. */
  | ({ readonly kind: 'beginning' } & Opened)
  /** How far it is. */
  | { readonly kind: 'reading'; readonly spanCount: number }
  | ({ readonly kind: 'opened' } & Opened)
  | { readonly kind: 'failed'; readonly message: string };

/** A screen full of bars and more, read within a frame. */
const BEGINNING_BYTES = 128 * 1024;
/** Below, the whole is read as fast. */
const BEGINNING_FROM_BYTES = 4 * 1024 * 1024;

const TOLD_EVERY_MS = 100;

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  try {
    const beginning = data.length >= BEGINNING_FROM_BYTES ? openBeginning(data.slice(0, BEGINNING_BYTES)) : undefined;
    if (beginning) {
      answer('beginning', beginning);
    }
    answer('opened', openTraces(data, tellNowAndThen()));
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
  }
};

post({ kind: 'ready' }, []);

function tellNowAndThen(): OnSpans {
  let toldMs = performance.now();
  return (spanCount) => {
    if (performance.now() - toldMs >= TOLD_EVERY_MS) {
      toldMs = performance.now();
      post({ kind: 'reading', spanCount }, []);
    }
  };
}

function answer(kind: 'beginning' | 'opened', { format, set }: OpenedTraces): void {
  post({ kind, format, columns: set.columns }, set.transferables());
}

function post(message: DecodeAnswer, transfer: ArrayBuffer[]): void {
  self.postMessage(message, { transfer });
}
