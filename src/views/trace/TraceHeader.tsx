import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, Icon, LinkButton, useStyles2 } from '@grafana/ui';
import { useMemo, type Dispatch } from 'react';
import { formatCount, formatDuration } from '../../drawing/format-figures';
import { isBeginning } from '../../formats';
import { StatusCode, type TraceSet } from '../../trace';
import { TraceExport } from './export/TraceExport';
import { shownText } from '../shown-text';
import type { TraceSwitches, TraceViewAction } from './trace-view-state';
import { useHints } from './use-hints';
import type { ShownTraceControl } from './use-shown-trace';

interface Props {
  readonly shownTrace: ShownTraceControl;
  readonly switches: TraceSwitches;
  readonly dispatch: Dispatch<TraceViewAction>;
  /** Where it is set beside another trace; not offered where undefined. */
  readonly compareHref: string | undefined;
}

/** What trace this is, its figures, what had to be repaired to show it, and what would make it easier to read. */
export function TraceHeader({ shownTrace, switches, dispatch, compareHref }: Props) {
  const styles = useStyles2(getStyles);
  const { set, trace, clocks, movedCount, switchClocks } = shownTrace;
  const addedCount = shownTrace.added.length;
  const hints = useHints(set, trace);
  const facts = useMemo(() => [...factsOf(set, trace), ...(addedCount > 0 ? [[`with ${addedCount} linked ${addedCount === 1 ? 'trace' : 'traces'}`, false] as const] : [])], [set, trace, addedCount]);
  const warnings = useMemo(() => [...set.notices, ...(isBeginning(set) ? [] : set.warnings(trace).filter(({ code }) => addedCount === 0 || code !== 'severalRoots'))], [set, trace, addedCount]);
  const traceId = set.traceId(trace);
  const root = set.firstRow(trace);
  // None while the view waits for its trace.
  const hasSpans = set.endRow(trace) > root;
  return (
    <header>
      <div className={styles.line}>
        <h2 className={styles.title}>
          {hasSpans && `${shownText(set.service(root))}: ${shownText(set.operation(root))}`}
        </h2>
        <code className={styles.faint}>{traceId}</code>
        <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" getText={() => traceId} aria-label="Copy trace id" />
        <div className={styles.actions}>
          {compareHref && (
            <LinkButton variant="secondary" size="sm" icon="code-branch" href={compareHref}>
              Compare with…
            </LinkButton>
          )}
          <TraceExport set={set} trace={trace} />
        </div>
      </div>
      <div className={styles.facts}>
        {facts.map(([text, isError]) => (
          <span key={text} className={isError ? styles.error : undefined}>
            {text}
          </span>
        ))}
        {hints.repeatedCount > 0 && !switches.foldRepeats && (
          <Button size="sm" fill="text" icon="layers-alt" onClick={() => dispatch({ kind: 'switch', name: 'foldRepeats' })}>
            Fold {formatCount(hints.repeatedCount)} repeated calls
          </Button>
        )}
        {hints.idleNs > 0 && !switches.compressGaps && (
          <Button size="sm" fill="text" icon="clock-nine" onClick={() => dispatch({ kind: 'switch', name: 'compressGaps' })}>
            Shorten {formatDuration(hints.idleNs)} of idling
          </Button>
        )}
      </div>
      <div className={styles.warnings}>
        {warnings.map(({ code, message }) => (
          <div key={code} className={styles.warning}>
            <Icon name="exclamation-triangle" size="sm" /> {message}
            {code === 'clockSkew' && clocks === 'raw' && (
              <Button size="sm" fill="text" onClick={switchClocks}>
                Correct clocks
              </Button>
            )}
          </div>
        ))}
        {clocks === 'corrected' && (
          <div className={styles.corrected}>
            <Icon name="clock-nine" size="sm" /> Clocks of other hosts corrected: {formatCount(movedCount)} {movedCount === 1 ? 'span' : 'spans'} moved.
            <Button size="sm" fill="text" onClick={switchClocks}>
              Show as recorded
            </Button>
          </div>
        )}
      </div>
    </header>
  );
}

function factsOf(set: TraceSet, trace: number): Array<readonly [string, boolean]> {
  const { status, service, depth } = set.columns;
  const services = new Set<number>();
  let errorCount = 0;
  let deepest = 0;
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    services.add(service[row]);
    errorCount += status[row] === StatusCode.error ? 1 : 0;
    deepest = Math.max(deepest, depth[row]);
  }
  const startMs = Number(set.baseUnixNs(trace) / 1_000_000n);
  const spanCount = set.endRow(trace) - set.firstRow(trace);
  return [
    [dateTimeFormat(startMs, { format: 'YYYY-MM-DD HH:mm:ss.SSS' }), false],
    [formatDuration(set.traceDurationNs(trace)), false],
    [`${formatCount(spanCount)} ${spanCount === 1 ? 'span' : 'spans'}`, false],
    [`${services.size} ${services.size === 1 ? 'service' : 'services'}`, false],
    [`${deepest + 1} deep`, false],
    ...(errorCount > 0 ? [[`${formatCount(errorCount)} ${errorCount === 1 ? 'error' : 'errors'}`, true] as const] : []),
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  actions: css({ marginLeft: 'auto', display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  title: css({ ...theme.typography.h3, margin: 0, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  faint: css({ color: theme.colors.text.secondary }),
  // As high as its buttons, which come once the trace is looked through.
  facts: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: theme.spacing(2), minHeight: theme.spacing(3), color: theme.colors.text.secondary }),
  error: css({ color: theme.colors.error.text }),
  warnings: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(3) }),
  warning: css({ color: theme.colors.warning.text }),
  corrected: css({ color: theme.colors.info.text }),
});
