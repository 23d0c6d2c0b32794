import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { Backend, Tag, TimeRangeMs } from '../../backends/backend';
import { TAG_OPERATORS, type TagCondition } from '../../backends/filter/trace-filter';
import { TagValueInput } from './TagValueInput';

interface Props {
  readonly backend: Backend;
  readonly range: TimeRangeMs;
  readonly service: string | undefined;
  readonly condition: TagCondition;
  /** Undefined: the condition is taken away. */
  readonly onChange: (condition: TagCondition | undefined) => void;
}

const OPERATORS = TAG_OPERATORS.map((value) => ({ value }));
const SCOPES = [{ value: 'any' as const, label: 'any' }, { value: 'span' as const, label: 'span' }, { value: 'resource' as const, label: 'resource' }];
const MOST_OFFERED = 300;

/** One condition on an attribute: where it is, its key, how it compares, and with what. */
export function ConditionRow({ backend, range, service, condition, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const { scope, key, operator, value } = condition;
  const keys = useCallback(
    async (typed: string) => {
      const tags = await backend.tags(range).catch((): readonly Tag[] => []);
      const found = tags.filter((tag) => tag.scope !== 'intrinsic' && (scope === 'any' || tag.scope === scope || tag.scope === 'any') && tag.key.toLowerCase().includes(typed.toLowerCase()));
      return [...new Set(found.map((tag) => tag.key))].slice(0, MOST_OFFERED).map((each) => ({ value: each }));
    },
    [backend, range, scope]
  );
  const tag = useMemo((): Tag => ({ scope, key }), [scope, key]);
  return (
    <div className={styles.row}>
      <Combobox placeholder="Where the attribute is" width={13} options={SCOPES} value={scope} onChange={(chosen) => onChange({ ...condition, scope: chosen.value })} />
      <Combobox placeholder="Attribute" width={28} options={keys} createCustomValue value={key || null} onChange={(chosen) => onChange({ ...condition, key: chosen.value.trim() })} />
      <Combobox placeholder="Comparison" width={10} options={OPERATORS} value={operator} onChange={(chosen) => onChange({ ...condition, operator: chosen.value })} />
      <TagValueInput label="Value" widthUnits={28} backend={backend} range={range} tag={tag} service={service} value={value} onChange={(next) => onChange({ ...condition, value: next })} />
      <IconButton name="times" tooltip="Remove this condition" onClick={() => onChange(undefined)} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});
