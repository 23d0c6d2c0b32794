/** A dashboard's variables with their options and the value that the address, or the dashboard, gives them. */
import type { VariableValue } from '../interpolation/interpolate';
import type { VariableModel } from './model';

/** Grafana's word for "every option". */
export const ALL_VALUE = '$__all';

export interface VariableOption {
  readonly text: string;
  readonly value: string;
}

export interface DashboardVariable {
  readonly name: string;
  readonly label: string;
  readonly model: VariableModel;
  readonly options: readonly VariableOption[];
  /** The chosen values; never empty unless there is nothing to choose from. */
  readonly values: readonly string[];
  /** Why the options could not be had. */
  readonly error?: string;
}

/**
 * The values to use: the address's, else the dashboard's, as long as they are still on offer; else the first option.
 * @param asked values of `var-<name>` in the address
 */
export function chosenValues(model: VariableModel, options: readonly VariableOption[], asked: readonly string[]): readonly string[] {
  const isFree = model.type === 'textbox' || model.type === 'constant';
  const isOffered = (value: string) =>
    isFree || (value === ALL_VALUE && Boolean(model.includeAll)) || options.some((option) => option.value === value);
  const saved = [model.current?.value ?? []].flat();
  for (const candidates of [asked.map((value) => valueOf(value, model, options)), saved]) {
    const offered = candidates.filter(isOffered);
    if (offered.length > 0) {
      return model.multi ? offered : offered.slice(0, 1);
    }
  }
  if (isFree) {
    return [String(model.query ?? '')];
  }
  return model.includeAll ? [ALL_VALUE] : options.slice(0, 1).map((option) => option.value);
}

/** Addresses may carry an option's text instead of its value, such as a data source's name, or `All`. */
function valueOf(asked: string, model: VariableModel, options: readonly VariableOption[]): string {
  if (asked === 'All' && model.includeAll) {
    return ALL_VALUE;
  }
  const isValue = options.some((option) => option.value === asked);
  return isValue ? asked : (options.find((option) => option.text === asked)?.value ?? asked);
}

/** What a reference to the variable stands for. */
export function interpolatedValue({ name, model, options, values }: DashboardVariable): VariableValue {
  const isAll = values.includes(ALL_VALUE);
  if (isAll && model.allValue) {
    return { name, value: model.allValue, text: 'All', isExpression: true };
  }
  const spelledOut = isAll ? options.map((option) => option.value) : values;
  const text = isAll ? 'All' : values.map((value) => options.find((option) => option.value === value)?.text ?? value).join(' + ');
  return { name, value: model.multi || isAll ? spelledOut : (spelledOut[0] ?? ''), text };
}

/** `var-a=1&var-b=2&var-b=3`, as in a dashboard's address. */
export function variableQuery(variables: readonly DashboardVariable[]): string {
  return variables
    .flatMap(({ name, values }) => values.map((value) => `var-${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&');
}

/** Options of a `custom` or `interval` variable: `a, b : shown as, c\,d`. */
export function parseCustomOptions(query: string): VariableOption[] {
  const items = query.match(/(?:\\,|[^,])+/g) ?? [];
  return items.map((item) => {
    const plain = item.replaceAll('\\,', ',').trim();
    const pair = /^(.+?)\s:\s(.+)$/.exec(plain);
    return pair ? { text: pair[1], value: pair[2] } : { text: plain, value: plain };
  });
}

/** Keeps the options that the variable's regular expression accepts; groups `text` and `value` (or the first) extract. */
export function filterOptions(options: readonly VariableOption[], regex: string): VariableOption[] {
  const pattern = parseRegex(regex);
  if (!pattern) {
    return [...options];
  }
  const found = options.flatMap((option) => {
    const match = pattern.exec(option.value) ?? pattern.exec(option.text);
    if (!match) {
      return [];
    }
    const { value = match[1], text = match.groups?.value ?? match[1] } = match.groups ?? {};
    return value === undefined ? [option] : [{ value, text: text ?? value }];
  });
  return [...new Map(found.map((option) => [option.value, option])).values()];
}

/** `/a.*` + `/i` or a bare expression; what is no expression filters nothing. */
function parseRegex(text: string): RegExp | undefined {
  if (!text) {
    return undefined;
  }
  const delimited = /^\/(.*)\/([a-z]*)$/s.exec(text);
  try {
    return delimited ? new RegExp(delimited[1], delimited[2].replace(/[gy]/g, '')) : new RegExp(`^${text}$`);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
