import type { DataFrame } from '@grafana/data';
import { askedTraceId } from '../../backends/asked-trace';
import { isBackendKind, type TraceOptions } from '../../backends/backend';
import { grafanaProxy } from '../../backends/http/grafana-proxy';
import { BackendError } from '../../backends/http/http-client';
import { openBackend } from '../../backends/open-backend';
import { mergeSets } from '../../backends/sets/merge-sets';
import { decodeTraceFrame } from '../../formats';
import type { TraceSet } from '../../trace';
import { resolveSource } from '../../views/source/sources';
import { decodeLargeTrace } from '../../views/trace/decode/decode-traces';

/** The traces of all frames, of our data source or of any other. */
export async function tracesOfFrames(frames: readonly DataFrame[], options: TraceOptions): Promise<TraceSet> {
  // The first spans of one among several are none of the whole.
  const each = frames.length === 1 ? options : { signal: options.signal };
  return mergeSets(await Promise.all(frames.map((frame) => tracesOfFrame(frame, each))));
}

/** Exact where our data source made the frame (see datasource/trace-frame.ts). */
async function tracesOfFrame(frame: DataFrame, options: TraceOptions): Promise<TraceSet> {
  const otlp: unknown = frame.meta?.custom?.otlpTrace;
  return otlp instanceof Uint8Array ? decodeLargeTrace(otlp, options) : decodeTraceFrame(frame);
}

/**
 * A trace that the panel's options name.
 *
 * @param sourceUid of a Veza Traces, Tempo, Jaeger or Zipkin data source; the default one where undefined
 * @throws BackendError
 */
export async function traceById(text: string, sourceUid: string | undefined, options: TraceOptions): Promise<TraceSet> {
  const traceId = askedTraceId(text);
  const source = resolveSource(sourceUid);
  if (!source || !isBackendKind(source.type)) {
    throw new BackendError('unsupported', sourceUid ? `The data source with uid "${sourceUid}" holds no traces or is not yours to use` : 'There is no trace data source here: add a Tempo, Jaeger or Zipkin data source');
  }
  return openBackend(source.type, grafanaProxy(source.uid), undefined, decodeLargeTrace).trace(traceId, options);
}
