import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { OPERATION_TAG, SERVICE_TAG, type Backend, type TimeRangeMs } from '../../backends/backend';
import { parseDuration } from '../../analysis/filter/units';
import type { TraceFilter } from '../../backends/filter/trace-filter';
import { toTraceql } from '../../backends/filter/traceql';
import { TraceqlEditor } from '../traceql-editor/TraceqlEditor';
import type { TraceqlVocabulary } from '../traceql-editor/offered-tokens';
import { LabelledSwitch } from '../labelled-switch/LabelledSwitch';
import { useTask } from '../task/use-task';
import { ConditionRow } from './ConditionRow';
import { completeFilter, durationText } from './search-address';
import { TagValueInput } from './TagValueInput';

interface Props {
  readonly backend: Backend;
  readonly range: TimeRangeMs;
  readonly filter: TraceFilter;
  readonly onChange: (filter: TraceFilter) => void;
}

const MODES = [
  { value: 'builder' as const, label: 'Builder' },
  { value: 'traceql' as const, label: 'TraceQL' },
];

const CAPABILITIES = (backend: Backend) => (signal: AbortSignal) => backend.capabilities({ signal });

/** What traces are searched: fields for any source, with the TraceQL that they mean below; TraceQL itself where it is understood. */
export function SearchBar({ backend, range, filter, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const { value: capabilities } = useTask(useMemo(() => CAPABILITIES(backend), [backend]));
  const vocabulary = useMemo((): TraceqlVocabulary => ({ tags: () => backend.tags(range), tagValues: (tag) => backend.tagValues({ tag, range }) }), [backend, range]);
  const [mode, setMode] = useState<'builder' | 'traceql'>(filter.traceql ? 'traceql' : 'builder');
  const traceql = capabilities?.traceql;
  const conditions = filter.conditions ?? [];
  const change = (part: Partial<TraceFilter>) => onChange({ ...filter, traceql: undefined, ...part });
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <RadioButtonGroup size="sm" aria-label="Search by" options={MODES} value={mode} disabledOptions={traceql && !traceql.isAvailable ? ['traceql'] : []} onChange={setMode} />
        {mode === 'builder' ? (
          <>
            <TagValueInput label="Service" widthUnits={24} backend={backend} range={range} tag={SERVICE_TAG} value={filter.service ?? ''} onChange={(service) => change({ service: service || undefined })} />
            <TagValueInput
              label="Span name" widthUnits={28} backend={backend} range={range} tag={OPERATION_TAG} service={filter.service}
              value={filter.operation ?? ''} onChange={(operation) => change({ operation: operation || undefined })}
            />
            <DurationInput label="Min duration" valueNs={filter.minDurationNs} onChange={(minDurationNs) => change({ minDurationNs })} />
            <DurationInput label="Max duration" valueNs={filter.maxDurationNs} onChange={(maxDurationNs) => change({ maxDurationNs })} />
            <LabelledSwitch label="Errors only" value={filter.errorsOnly ?? false} onChange={() => change({ errorsOnly: filter.errorsOnly ? undefined : true })} />
            <Button variant="secondary" icon="plus" onClick={() => change({ conditions: [...conditions, { scope: 'any', key: '', operator: '=', value: '' }] })}>
              Attribute
            </Button>
          </>
        ) : (
          <div className={styles.traceql}>
            <TraceqlEditor
              value={toTraceql(filter)}
              placeholder='{ resource.service.name = "api" && duration > 100ms }'
              vocabulary={vocabulary}
              onSubmit={(text) => onChange({ traceql: text.trim() || undefined })}
            />
          </div>
        )}
      </div>
      {mode === 'builder' && (
        <>
          {conditions.map((condition, at) => (
            <ConditionRow
              key={at}
              backend={backend}
              range={range}
              service={filter.service}
              condition={condition}
              onChange={(next) => change({ conditions: conditions.toSpliced(at, 1, ...(next ? [next] : [])) })}
            />
          ))}
          <p className={styles.hint}>
            {filter.traceql ? 'Searched in TraceQL' : 'Means'} <code>{toTraceql(completeFilter(filter))}</code>
            {traceql && !traceql.isAvailable && ` ${traceql.reason}`}
          </p>
        </>
      )}
      {mode === 'traceql' && <p className={styles.hint}>Enter searches, Shift+Enter breaks the line, Ctrl+Space offers what can follow.</p>}
    </div>
  );
}

interface DurationProps {
  readonly label: string;
  readonly valueNs: number | undefined;
  readonly onChange: (valueNs: number | undefined) => void;
}

function DurationInput({ label, valueNs, onChange }: DurationProps) {
  const [isInvalid, setInvalid] = useState(false);
  const text = durationText(valueNs) ?? '';
  const take = (typed: string) => {
    const parsed = parseDuration(typed);
    setInvalid(typed.trim() !== '' && parsed === undefined);
    if (typed.trim() === '' || parsed !== undefined) {
      onChange(parsed);
    }
  };
  return (
    <Input
      key={text}
      width={15}
      aria-label={label}
      placeholder={label}
      invalid={isInvalid}
      title={isInvalid ? 'Expected a duration such as 200ms or 1.5s' : undefined}
      defaultValue={text}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
      onBlur={(event) => event.currentTarget.value !== text && take(event.currentTarget.value)}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  traceql: css({ flex: '1 1 400px' }),
  hint: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, overflowWrap: 'anywhere' }),
});
