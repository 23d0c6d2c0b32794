/** Runs in the worker: one input after the other in, its columns out, nothing copied on the way back. */
import { openTraces, recogniseFormat, type FormatName } from '../../../formats';
import type { TraceColumns } from '../../../trace';

interface Opened {
  readonly format: FormatName;
  readonly columns: TraceColumns;
}

export type DecodeAnswer =
  /** The script has been loaded. */
  | { readonly kind: 'ready' }
  /** The beginning of a large input, to look at while the rest is read. */
  | ({ readonly kind: 'beginning' } & Opened)
  | ({ readonly kind: 'opened' } & Opened)
  | { readonly kind: 'failed'; readonly message: string };

/** A screen full of bars and more, read within a frame. */
const BEGINNING_BYTES = 128 * 1024;
/** Below, the whole is read as fast. */
const BEGINNING_FROM_BYTES = 4 * 1024 * 1024;

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  try {
    // The protobuf decoder reads what is cut off up to the cut; the other formats are nothing without their end.
    if (data.length >= BEGINNING_FROM_BYTES && recogniseFormat(data) === 'otlp-protobuf') {
      answer('beginning', data.slice(0, BEGINNING_BYTES));
    }
    answer('opened', data);
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
  }
};

post({ kind: 'ready' }, []);

const STILL_READING = { code: 'reading', count: 1, message: 'These are the first spans; the rest is being read.' };

function answer(kind: 'beginning' | 'opened', bytes: Uint8Array): void {
  const { format, set } = openTraces(bytes);
  const columns = kind === 'beginning' ? { ...set.columns, notices: [STILL_READING] } : set.columns;
  post({ kind, format, columns }, set.transferables());
}

function post(message: DecodeAnswer, transfer: ArrayBuffer[]): void {
  self.postMessage(message, { transfer });
}
