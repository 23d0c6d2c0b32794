import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { problemOf } from './narrow-map';

export interface MapFilterValues {
  readonly find: string;
  readonly hide: string;
  /** Calls up and down from the selected service; 0 for the whole map. */
  readonly hops: number;
}

export const NO_FILTERS: MapFilterValues = { find: '', hide: '', hops: 0 };

interface Props {
  readonly values: MapFilterValues;
  readonly onChange: (values: MapFilterValues) => void;
  /** Whether there is a service to focus on. */
  readonly canFocus: boolean;
}

const HOPS = [
  { label: 'All', value: 0, description: 'The whole map' },
  ...[1, 2, 3].map((hops) => ({ label: String(hops), value: hops, description: `Up to ${hops} calls up and down from the selected service` })),
];

/** Find, hide and focus: what of the map is brought out or left out. */
export function MapFilters({ values, onChange, canFocus }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar} role="search" aria-label="Filter the map">
      <Expression name="Find" example="errors > 1% and p95 > 500ms" value={values.find} onChange={(find) => onChange({ ...values, find })} />
      <Expression name="Hide" example="rate < 0.1" value={values.hide} onChange={(hide) => onChange({ ...values, hide })} />
      <RadioButtonGroup aria-label="Calls up and down from the selected service" options={HOPS} value={values.hops} disabled={!canFocus} onChange={(hops) => onChange({ ...values, hops })} />
    </div>
  );
}

interface ExpressionProps {
  readonly name: string;
  readonly example: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Expression({ name, example, value, onChange }: ExpressionProps) {
  const styles = useStyles2(getStyles);
  const problem = problemOf(value);
  return (
    <Field className={styles.field} invalid={problem !== undefined} error={problem}>
      <Input
        type="search"
        width={32}
        aria-label={name}
        placeholder={`${name}: ${example}`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
      />
    </Field>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
  field: css({ margin: 0 }),
});
