import { askedTraceId } from '../../backends/asked-trace';
import { isBackendKind, type TraceOptions } from '../../backends/backend';
import { grafanaProxy } from '../../backends/http/grafana-proxy';
import { BackendError } from '../../backends/http/http-client';
import { openBackend } from '../../backends/open-backend';
import type { TraceSet } from '../../trace';
import { resolveSource } from '../../views/source/sources';
import { decodeLargeTrace } from '../../views/trace/decode/decode-traces';

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
