import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { askedTraceId } from '../../backends/asked-trace';
import { BackendError } from '../../backends/http/http-client';
import { ToolPage } from '../../views/page/ToolPage';
import { tracePath } from '../../views/paths';
import { missingSource } from '../../views/source/missing-source';
import { useSource } from '../../views/source/use-source';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { traceOfEither } from '../../views/source/trace-of-either';
import { useTask } from '../../views/task/use-task';
import { TraceComparison } from '../../views/trace/compare/TraceComparison';

/** Two traces side by side, of the page's source or one of them of opened files; `a` and `b` are their ids as in the address. */
export function ComparedTraces({ a, b }: { readonly a: string; readonly b: string }) {
  const styles = useStyles2(getStyles);
  const [tryCount, setTryCount] = useState(0);
  const [, setParams] = useSearchParams();
  const { uid, source, backend } = useSource();
  const load = useMemo(() => {
    if (!a || !b) {
      return undefined;
    }
    return async (signal: AbortSignal) => {
      const traceOf = async (text: string) => {
        const traceId = askedTraceId(text);
        if (!backend) {
          throw new BackendError('unsupported', missingSource(uid).advice);
        }
        const { set, sourceUid } = await traceOfEither(traceId, { uid: source?.uid, backend }, signal);
        return { set, trace: 0, spanHref: (row: number) => tracePath(traceId, sourceUid, set.spanId(row)) };
      };
      const [left, right] = await Promise.all([traceOf(a), traceOf(b)]);
      return { left, right };
    };
  }, [a, b, uid, backend, source?.uid]);
  const { value, error } = useTask(load, tryCount);
  const choose = (ids: { readonly a: string; readonly b: string }) =>
    setParams((last) => {
      const next = new URLSearchParams(last);
      Object.entries(ids).forEach(([name, id]) => (id ? next.set(name, id) : next.delete(name)));
      return next;
    });

  return (
    <ToolPage
      title="Compare two traces"
      fills
      bar={
        <>
          <TraceIdField label="Trace A" value={a} onChange={(text) => choose({ a: text, b })} />
          <TraceIdField label="Trace B" value={b} onChange={(text) => choose({ a, b: text })} />
        </>
      }
      actions={
        <Button variant="secondary" icon="exchange-alt" onClick={() => choose({ a: b, b: a })}>
          Swap
        </Button>
      }
    >
      {error ? (
        <FailedState title="The traces could not be compared" error={error} onRetry={() => setTryCount(tryCount + 1)} />
      ) : !load ? (
        <EmptyStatePanel title="One more trace">Enter the id of the other trace, or choose two in the list of traces.</EmptyStatePanel>
      ) : value ? (
        <div className={styles.view}>
          <TraceComparison key={`${a} ${b}`} left={value.left} right={value.right} />
        </div>
      ) : (
        <LoadingState what="Reading both traces" />
      )}
    </ToolPage>
  );
}

function TraceIdField({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <Field label={label} noMargin>
      <Input
        key={value}
        id={label}
        width={42}
        defaultValue={value}
        placeholder="Trace id"
        onKeyDown={(event) => event.key === 'Enter' && onChange(event.currentTarget.value.trim())}
        onBlur={(event) => event.currentTarget.value.trim() !== value && onChange(event.currentTarget.value.trim())}
      />
    </Field>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ flex: 1, minHeight: 0 }),
});
