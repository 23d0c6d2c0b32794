import { css } from '@emotion/css';
import { locationUtil, type GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { encodeOtlpJson, encodeOtlpJsonSpan } from '../../../formats';
import type { TraceSet } from '../../../trace';

/** A larger trace is exported as a file, not put on the clipboard. */
const MOST_COPIED_SPANS = 20_000;

interface Props {
  readonly set: TraceSet;
  readonly row: number;
  readonly traceHref: ((traceId: string, spanId: string) => string) | undefined;
}

/** What can be taken along of a span. */
export function SpanCopies({ set, row, traceHref }: Props) {
  const styles = useStyles2(getStyles);
  const trace = set.traceOf(row);
  const spanCount = set.endRow(trace) - set.firstRow(trace);
  const spanId = set.spanId(row);
  return (
    <div className={styles.bar}>
      <Copy label={spanId} name={`Copy span id ${spanId}`} getText={() => spanId} />
      {traceHref && <Copy label="Link" name="Copy a link to this span" getText={() => new URL(locationUtil.assureBaseUrl(traceHref(set.traceId(trace), spanId)), window.location.href).href} />}
      <Copy label="Span as OTLP" name="Copy the span as OTLP JSON" getText={() => encodeOtlpJsonSpan(set, row)} />
      {spanCount <= MOST_COPIED_SPANS && <Copy label="Trace as OTLP" name="Copy the trace as OTLP JSON" getText={() => encodeOtlpJson(set, [trace])} />}
    </div>
  );
}

function Copy({ label, name, getText }: { readonly label: string; readonly name: string; readonly getText: () => string }) {
  return (
    <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" tooltip={name} aria-label={name} getText={getText}>
      {label}
    </ClipboardButton>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', marginLeft: theme.spacing(-1), fontVariantNumeric: 'tabular-nums' }),
});
