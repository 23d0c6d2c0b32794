import { LoadingState, type DataFrame, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { useMemo } from 'react';
import { decodeTraceFrame } from '../../formats';
import type { TraceSet } from '../../trace';
import { ErrorBoundary } from '../../views/error-boundary/ErrorBoundary';
import { tracePath } from '../../views/paths';
import { FailedState, LoadingState as LoadingView } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { decodeTraces } from '../../views/trace/decode/decode-traces';
import { TraceView } from '../../views/trace/TraceView';

/** The trace of the panel's query: a trace frame of our data source or of any other. */
export function TracePanel({ id, data, fieldConfig, width, height }: PanelProps) {
  const load = useMemo(() => {
    const frame = data.series.find(isTraceFrame);
    return frame && ((signal: AbortSignal) => traceOfFrame(frame, signal));
  }, [data.series]);
  const { value: set, error } = useTask(load);
  const sourceUid = data.request?.targets[0]?.datasource?.uid;
  const traceHref = useMemo(() => (traceId: string) => tracePath(traceId, sourceUid), [sourceUid]);
  if (error) {
    return <FailedState title="The trace could not be shown" error={error} />;
  }
  if (load ? !set : data.state === LoadingState.Loading) {
    return <LoadingView what="Reading the trace" />;
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

const isTraceFrame = ({ fields }: DataFrame) => fields.some(({ name }) => name === 'spanID');

/** Exact where our data source made the frame (see datasource/trace-frame.ts). */
async function traceOfFrame(frame: DataFrame, signal: AbortSignal): Promise<TraceSet> {
  const otlp: unknown = frame.meta?.custom?.otlpTrace;
  return otlp instanceof Uint8Array ? (await decodeTraces(otlp, signal)).set : decodeTraceFrame(frame);
}
