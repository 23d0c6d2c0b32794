/** Runs in the worker: one file in, its columns out, nothing copied. */
import { openTraces, type FormatName } from '../../../formats';
import type { TraceColumns } from '../../../trace';

export type DecodeAnswer = { readonly kind: 'opened'; readonly format: FormatName; readonly columns: TraceColumns } | { readonly kind: 'failed'; readonly message: string };

self.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  const answer = (message: DecodeAnswer, transfer: ArrayBuffer[]) => self.postMessage(message, { transfer });
  try {
    const { format, set } = openTraces(data);
    answer({ kind: 'opened', format, columns: set.columns }, set.transferables());
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
  }
};
