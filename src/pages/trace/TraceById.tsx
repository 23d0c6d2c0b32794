import { useCallback, useMemo, useState } from 'react';
import type { TraceOptions } from '../../backends/backend';
import { askedTraceId } from '../../backends/asked-trace';
import { BackendError } from '../../backends/http/http-client';
import type { TraceId } from '../../trace';
import { ToolPage } from '../../views/page/ToolPage';
import { missingSource } from '../../views/source/missing-source';
import { FileDrop } from '../../views/source/FileDrop';
import { useOpenFiles, type FileBeingRead } from '../../views/source/use-open-files';
import { useSource } from '../../views/source/use-source';
import { useUrlText } from '../../views/url/use-url-text';
import { useSpanCorrelations } from '../../views/trace/details/correlations/use-span-correlations';
import { NoTraceState } from '../../views/trace/NoTraceState';
import { useTraceReading } from '../../views/trace/use-trace-reading';
import { TraceViewWhenRead } from '../../views/trace/TraceViewWhenRead';
import { comparePath, tracePath } from '../../views/paths';
import { openOneTrace, openTraceList } from './open-from-files';

export function TraceById({ traceIdText }: { readonly traceIdText: string }) {
  const [tryCount, setTryCount] = useState(0);
  const { uid, source, backend } = useSource();
  const [spanId, setSpanId] = useUrlText('span', 'replace');
  const load = useMemo(
    () => async (options: TraceOptions) => {
      const traceId = askedTraceId(traceIdText);
      if (!backend) {
        throw new BackendError('unsupported', missingSource(uid).advice);
      }
      return backend.trace(traceId, options);
    },
    [uid, backend, traceIdText]
  );
  const { set, error, isReading, progress, cancel } = useTraceReading(load, tryCount);
  const traceHref = useCallback((traceId: string, linkedSpanId: string) => tracePath(traceId, source?.uid, linkedSpanId), [source?.uid]);
  const loadTrace = useMemo(() => backend && ((traceId: TraceId) => backend.trace(traceId)), [backend]);
  const linksOf = useSpanCorrelations(set, source);
  const [file, setFile] = useState<FileBeingRead | undefined>(undefined);
  const files = useOpenFiles(useMemo(() => ({ onOneTrace: openOneTrace, onSeveral: openTraceList, onReading: setFile }), []));

  return (
    <ToolPage title="Trace" fills>
      <FileDrop {...files} />
      {file ? (
        <TraceViewWhenRead key={file.name} set={file.set} isReading trace={0} what={`Reading ${file.name}`} progress={file.progress} onCancel={file.cancel} />
      ) : error ? (
        <NoTraceState error={error} onRetry={() => setTryCount(tryCount + 1)} />
      ) : (
        <TraceViewWhenRead
          set={set}
          isReading={isReading}
          what="Reading the trace"
          progress={progress}
          onCancel={cancel}
          trace={0}
          traceHref={traceHref}
          compareHref={comparePath(traceIdText, undefined, source?.uid)}
          linksOf={linksOf}
          spanId={spanId}
          onSpan={setSpanId}
          takesFocus
          loadTrace={loadTrace}
        />
      )}
    </ToolPage>
  );
}
