import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { LinkEdges } from '../../analysis/link-edges';
import { shortTraceId } from '../short-trace-id';
import type { ShownTraceControl } from './use-shown-trace';

interface Props {
  readonly edges: LinkEdges;
  readonly shownTrace: ShownTraceControl;
  readonly traceHref: ((traceId: string, spanId: string) => string) | undefined;
}

/** More linked traces are found in the details of the spans that link to them. */
const SHOWN = 5;

/** The traces that spans link to: to open, or to add to this timeline. */
export function LinkedTraces({ edges, shownTrace, traceHref }: Props) {
  const styles = useStyles2(getStyles);
  const spanOf = new Map(edges.leaving.map(({ traceId, spanId }) => [traceId, spanId]));
  if (spanOf.size === 0 && shownTrace.problem === undefined) {
    return null;
  }
  const { addTrace } = shownTrace;
  return (
    <div className={styles.line}>
      Linked {spanOf.size === 1 ? 'trace' : 'traces'}:
      {[...spanOf].slice(0, SHOWN).map(([traceId, spanId]) => (
        <span key={traceId} className={styles.trace}>
          {traceHref ? (
            <a className={styles.link} href={traceHref(traceId, spanId)}>
              {shortTraceId(traceId)}…
            </a>
          ) : (
            <code>{shortTraceId(traceId)}…</code>
          )}
          {addTrace && (
            <Button size="sm" fill="text" icon="plus" onClick={() => addTrace(traceId)} tooltip="Show it in the same timeline">
              Add
            </Button>
          )}
        </span>
      ))}
      {spanOf.size > SHOWN && <span>and {(spanOf.size - SHOWN).toLocaleString()} more</span>}
      {shownTrace.problem !== undefined && <span className={styles.problem}>{shownTrace.problem}</span>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1), color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  trace: css({ display: 'inline-flex', alignItems: 'center' }),
  link: css({ color: theme.colors.text.link, fontFamily: theme.typography.fontFamilyMonospace }),
  problem: css({ color: theme.colors.error.text }),
});
