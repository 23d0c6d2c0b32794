import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { AutoSizeInput, InlineLabel, MultiSelect, Select, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { ALL_VALUE, type DashboardVariable, type VariableOption } from './variables';

/** The variables above a dashboard; what is chosen goes into the address as `var-<name>`. */
export function VariableBar({ variables }: { readonly variables: readonly DashboardVariable[] }) {
  const shown = variables.filter(({ model }) => model.hide !== 2 && model.type !== 'constant');
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar}>
      {shown.map((variable) => (
        <VariableControl key={variable.name} variable={variable} />
      ))}
    </div>
  );
}

function VariableControl({ variable }: { readonly variable: DashboardVariable }) {
  const { name, label, model, options, values, error } = variable;
  const inputId = useId();
  const styles = useStyles2(getStyles);
  const choose = (chosen: readonly string[]) => locationService.partial({ [`var-${name}`]: chosen.length > 0 ? [...chosen] : undefined });
  const all: VariableOption[] = model.includeAll ? [{ text: 'All', value: ALL_VALUE }] : [];
  const choices = [...all, ...options].map(({ text, value }) => ({ label: text, value }));
  const common = { inputId, options: choices, width: 'auto' as const, isLoading: false, invalid: Boolean(error), placeholder: error ?? 'None' };

  return (
    <div className={styles.control} data-testid={`variable-${name}`}>
      {model.hide !== 1 && <InlineLabel htmlFor={inputId} width="auto" tooltip={error} className={styles.label}>{label}</InlineLabel>}
      {model.type === 'textbox' && (
        <AutoSizeInput id={inputId} defaultValue={values[0] ?? ''} minWidth={10} onCommitChange={(event) => choose([event.currentTarget.value])} />
      )}
      {model.type !== 'textbox' && model.multi && (
        <MultiSelect {...common} value={[...values]} onChange={(chosen) => choose(withoutStaleAll(chosen.map(({ value }) => value ?? ''), values))} />
      )}
      {model.type !== 'textbox' && !model.multi && <Select {...common} value={values[0]} onChange={({ value }) => choose([value ?? ''])} />}
    </div>
  );
}

/** "All" and single values exclude one another: the later choice wins. */
function withoutStaleAll(chosen: readonly string[], before: readonly string[]): readonly string[] {
  if (!chosen.includes(ALL_VALUE) || chosen.length === 1) {
    return chosen;
  }
  return before.includes(ALL_VALUE) ? chosen.filter((value) => value !== ALL_VALUE) : [ALL_VALUE];
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), flexGrow: 1 }),
  control: css({ display: 'flex' }),
  label: css({ marginRight: 0, borderTopRightRadius: 0, borderBottomRightRadius: 0 }),
});
