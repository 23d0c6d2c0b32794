import { LoadingState, type DataFrame, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { useMemo } from 'react';
import { decodeOtlpProtobuf, decodeTraceFrame } from '../../formats';
import type { TraceSet } from '../../trace';
import { ErrorBoundary } from '../../views/error-boundary/ErrorBoundary';
import { tracePath } from '../../views/paths';
import { TraceView } from '../../views/trace/TraceView';

/** The trace of the panel's query: a trace frame of our data source or of any other. */
export function TracePanel({ id, data, fieldConfig, width, height }: PanelProps) {
  const set = useMemo(() => traceOfFrames(data.series), [data.series]);
  const sourceUid = data.request?.targets[0]?.datasource?.uid;
  const traceHref = useMemo(() => (traceId: string) => tracePath(traceId, sourceUid), [sourceUid]);
  if (!set && data.state === LoadingState.Loading) {
    return null;
  }
  if (!set || set.traceCount === 0) {
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message="This panel shows one trace: use the query type Trace with a trace id." />;
  }
  return (
    <ErrorBoundary what="The trace">
      <div style={{ width, height }}>
        <TraceView key={set.traceId(0)} set={set} trace={0} traceHref={traceHref} />
      </div>
    </ErrorBoundary>
  );
}

/** The first trace frame's trace; exact where our data source made the frame (see datasource/trace-frame.ts). */
function traceOfFrames(frames: readonly DataFrame[]): TraceSet | undefined {
  const frame = frames.find(({ fields }) => fields.some(({ name }) => name === 'spanID'));
  const otlp: unknown = frame?.meta?.custom?.otlpTrace;
  return otlp instanceof Uint8Array ? decodeOtlpProtobuf(otlp) : frame && decodeTraceFrame(frame);
}
