/** Built-in references that no dashboard declares: `__from`, `__data.fields.x`, `__url_time_range` and their kin. */
import {
  type DataContextScopedVar, type DataFrame, type Field, formattedValueToString, getDisplayProcessor, getFieldDisplayName, type ScopedVars,
  type TimeRange,
} from '@grafana/data';

export interface MacroScope {
  readonly scopedVars?: ScopedVars;
  readonly timeRange: TimeRange;
  /** Path and query of the page, for `__url.path` and `__url.params`. */
  readonly location: { readonly pathname: string; readonly search: string };
  /** Query parameters of the dashboard's variables, for `__all_variables`: `var-a=1&var-b=2`. */
  readonly variableQuery: string;
}

export interface MacroValue {
  readonly value: string;
  /** Query strings are finished: encoding them again would break them. */
  readonly isFinal?: boolean;
}

type Macro = (path: string, scope: MacroScope) => MacroValue | undefined;

const MACROS: Readonly<Record<string, Macro>> = {
  __from: (_path, { timeRange }) => ({ value: String(timeRange.from.valueOf()) }),
  __to: (_path, { timeRange }) => ({ value: String(timeRange.to.valueOf()) }),
  __timezone: () => ({ value: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  __url_time_range: (_path, { timeRange }) => ({ value: timeRangeQuery(timeRange), isFinal: true }),
  __all_variables: (_path, { variableQuery }) => ({ value: variableQuery, isFinal: true }),
  __url: (path, { location }) => urlPart(path, location),
  __value: (path, scope) => withContext(scope, (context) => cellValue(path, context)),
  __data: (path, scope) => withContext(scope, (context) => rowValue(path, context)),
  __field: (path, scope) => withContext(scope, (context) => fieldProperty(path, context)),
  __series: (path, scope) => withContext(scope, ({ frame }) => (path === 'name' && frame ? (frame.name ?? '') : undefined)),
};

/** @returns `undefined` for what is no macro, or has no value here: the reference then stays as it was written */
export function macroValue(name: string, path: string, scope: MacroScope): MacroValue | undefined {
  return Object.hasOwn(MACROS, name) ? MACROS[name](path, scope) : undefined;
}

type DataContext = DataContextScopedVar['value'];

function withContext(scope: MacroScope, read: (context: DataContext) => string | undefined): MacroValue | undefined {
  const context: DataContext | undefined = scope.scopedVars?.__dataContext?.value;
  const value = context && read(context);
  return value === undefined ? undefined : { value };
}

function timeRangeQuery({ raw }: TimeRange): string {
  const part = (bound: TimeRange['raw']['from']) => encodeURIComponent(typeof bound === 'string' ? bound : String(bound.valueOf()));
  return `from=${part(raw.from)}&to=${part(raw.to)}`;
}

function urlPart(path: string, { pathname, search }: MacroScope['location']): MacroValue | undefined {
  switch (path) {
    case '':
      return { value: pathname + search };
    case 'path':
      return { value: pathname };
    case 'params':
      return { value: search, isFinal: true };
    default:
      return undefined;
  }
}

/** `${__value.raw}`: the cell, or the reduced value, that the link belongs to. */
function cellValue(path: string, context: DataContext): string | undefined {
  const { field, rowIndex, calculatedValue, frame } = context;
  if (path === 'time') {
    const time = frame?.fields.find((candidate) => candidate.type === 'time');
    return time && rowIndex !== undefined ? String(time.values[rowIndex] ?? '') : undefined;
  }
  if (calculatedValue) {
    return path === 'text' ? formattedValueToString(calculatedValue) : String(calculatedValue.numeric);
  }
  return field && rowIndex !== undefined ? display(field, field.values[rowIndex], path) : undefined;
}

/** `fields.name`, `fields["a name"]`, `fields[2]`, each optionally followed by `.text` or `.numeric`. */
const FIELD_PATH = /^fields(?:\[(\d+)\]|\["([^"]+)"\]|\['([^']+)'\]|\.(.+?))(?:\.(text|numeric))?$/;

function rowValue(path: string, { frame, rowIndex }: DataContext): string | undefined {
  const match = FIELD_PATH.exec(path);
  if (!match || !frame || rowIndex === undefined) {
    return undefined;
  }
  const [, index, doubleQuoted, singleQuoted, plain, form = ''] = match;
  const field = index === undefined ? fieldByName(frame, doubleQuoted ?? singleQuoted ?? plain) : frame.fields[Number(index)];
  return field && display(field, field.values[rowIndex], form);
}

function fieldByName(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name === name) ?? frame.fields.find((field) => getFieldDisplayName(field, frame) === name);
}

function display(field: Field, raw: unknown, form: string): string {
  if (form === 'text') {
    return formattedValueToString((field.display ?? getDisplayProcessor())(raw));
  }
  return form === 'numeric' ? String(Number(raw)) : String(raw ?? '');
}

function fieldProperty(path: string, { field, frame }: DataContext): string | undefined {
  if (path === 'name' || path === 'displayName') {
    return getFieldDisplayName(field, frame);
  }
  if (path.startsWith('labels.')) {
    return field.labels?.[path.slice('labels.'.length)];
  }
  return path === 'labels' ? Object.entries(field.labels ?? {}).map(([key, value]) => `${key}="${value}"`).join(', ') : undefined;
}
