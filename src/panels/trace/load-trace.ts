import type { DataFrame } from '@grafana/data';
import { askedTraceId } from '../../backends/asked-trace';
import { isBackendKind } from '../../backends/backend';
import { grafanaProxy } from '../../backends/http/grafana-proxy';
import { BackendError } from '../../backends/http/http-client';
import { openBackend } from '../../backends/open-backend';
import { mergeSets } from '../../backends/sets/merge-sets';
import { decodeTraceFrame } from '../../formats';
import type { TraceSet } from '../../trace';
import { resolveSource } from '../../views/source/sources';
import { decodeTraces } from '../../views/trace/decode/decode-traces';

/** The traces of all frames, of our data source or of any other. */
export async function tracesOfFrames(frames: readonly DataFrame[], signal: AbortSignal): Promise<TraceSet> {
  return mergeSets(await Promise.all(frames.map((frame) => tracesOfFrame(frame, signal))));
}

/** Exact where our data source made the frame (see datasource/trace-frame.ts). */
async function tracesOfFrame(frame: DataFrame, signal: AbortSignal): Promise<TraceSet> {
  const otlp: unknown = frame.meta?.custom?.otlpTrace;
  return otlp instanceof Uint8Array ? (await decodeTraces(otlp, { signal })).set : decodeTraceFrame(frame);
}

/**
 * A trace that the panel's options name.
 *
 * @param sourceUid of a Veza Traces, Tempo, Jaeger or Zipkin data source; the default one where undefined
 * @throws BackendError
 */
export async function traceById(text: string, sourceUid: string | undefined, signal: AbortSignal): Promise<TraceSet> {
  const traceId = askedTraceId(text);
  const source = resolveSource(sourceUid);
  if (!source || !isBackendKind(source.type)) {
    throw new BackendError('unsupported', sourceUid ? `The data source with uid "${sourceUid}" holds no traces or is not yours to use` : 'There is no trace data source here: add a Tempo, Jaeger or Zipkin data source');
  }
  return openBackend(source.type, grafanaProxy(source.uid)).trace(traceId, { signal });
}
