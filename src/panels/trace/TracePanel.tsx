import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { isTraceFrame } from '../../backends/frames/trace-table';
import { ErrorBoundary } from '../../views/error-boundary/ErrorBoundary';
import { tracePath } from '../../views/paths';
import type { TraceOptions } from '../../backends/backend';
import { resolveSource } from '../../views/source/sources';
import { EmptyStatePanel, LoadingState as LoadingView } from '../../views/state/StatePanel';
import { useSpanCorrelations } from '../../views/trace/details/correlations/use-span-correlations';
import { TraceChoice } from '../../views/trace-list/TraceChoice';
import { NoTraceState } from '../../views/trace/NoTraceState';
import { TraceViewWhenRead } from '../../views/trace/TraceViewWhenRead';
import { frameLinks } from './frame-links';
import { traceById } from './load-trace';
import { tracesOfFrames } from './traces-of-frames';
import { progressText } from '../../views/trace/progress-text';
import { useTraceReading } from '../../views/trace/use-trace-reading';
import { noTraceIn } from './no-trace';
import { displayOf, type TracePanelOptions } from './options';

/** What is said in place of a trace stays near the top: of a tall panel the middle may lie below the screen. */
const STATE_HEIGHT_PX = 240;

/** The traces of the panel's queries, of our data source or of any other, or else the one that its options name. */
export function TracePanel({ data, options, replaceVariables, width, height }: PanelProps<TracePanelOptions>) {
  const styles = useStyles2(getStyles);
  const [tryCount, setTryCount] = useState(0);
  const [chosen, setChosen] = useState(0);
  const frames = useMemo(() => data.series.filter((frame) => frame.length > 0 && isTraceFrame(frame)), [data.series]);
  const traceId = replaceVariables(options.traceId ?? '').trim();
  const ownUid = replaceVariables(options.sourceUid ?? '').trim();
  const sourceUid = ownUid || data.request?.targets[0]?.datasource?.uid;
  const load = useMemo(() => {
    if (frames.length > 0) {
      return () => tracesOfFrames(frames);
    }
    return traceId === '' ? undefined : (watching: TraceOptions) => traceById(traceId, sourceUid, watching);
  }, [frames, traceId, sourceUid]);
  const { set, error, isReading, progress, cancel } = useTraceReading(load, tryCount);

  const traceHref = useMemo(() => (linked: string, spanId: string) => tracePath(linked, sourceUid, spanId), [sourceUid]);
  const source = useMemo(() => (sourceUid ? resolveSource(sourceUid) : undefined), [sourceUid]);
  const correlations = useSpanCorrelations(set, source);
  const linksOf = useMemo(() => {
    const fromFrames = set && frameLinks(set, frames);
    return (row: number) => [...(fromFrames?.(row) ?? []), ...(correlations?.(row) ?? [])];
  }, [set, frames, correlations]);
  const display = useMemo(() => displayOf(options), [options]);

  if (error) {
    return <NoTraceState error={error} onRetry={() => setTryCount(tryCount + 1)} />;
  }
  if (load ? !set : data.state === LoadingState.Loading) {
    return <LoadingView what="Reading the trace" progress={progress && progressText(progress)} onCancel={load && cancel} />;
  }
  if (!set || set.traceCount === 0) {
    const { title, advice } = noTraceIn(data);
    return (
      <div style={{ height: Math.min(height, STATE_HEIGHT_PX), overflow: 'auto' }}>
        <EmptyStatePanel title={title}>{advice}</EmptyStatePanel>
      </div>
    );
  }
  const trace = Math.min(chosen, set.traceCount - 1);
  return (
    <ErrorBoundary what="The trace">
      <div className={styles.panel} style={{ width, height }}>
        {set.traceCount > 1 && <TraceChoice set={set} trace={trace} onChange={setChosen} />}
        <div className={styles.view}>
          <TraceViewWhenRead
            key={`${set.traceId(trace)} ${JSON.stringify(display)}`}
            set={set}
            isReading={isReading}
            what="Reading the trace"
            progress={progress}
            onCancel={cancel}
            trace={trace}
            traceHref={traceHref}
            linksOf={linksOf}
            display={display}
          />
        </div>
      </div>
    </ErrorBoundary>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  view: css({ flex: 1, minHeight: 0 }),
});
