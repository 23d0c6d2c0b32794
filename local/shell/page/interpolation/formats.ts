/** How a variable's value is written into a text: the `:format` of `${name:format}`, under Grafana's names. */

type Formatter = (values: readonly string[], context: FormatContext) => string;

export interface FormatContext {
  readonly name: string;
  readonly text: string;
  /** Whether the variable holds a list, even of one. */
  readonly isMulti: boolean;
  /** What follows the format's name, such as `YYYY` in `date:YYYY`. */
  readonly argument?: string;
}

const escapeRegex = (value: string) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
const escapeLucene = (value: string) => value.replace(/([!*+\-=<>\s&|()[\]{}^~?:\\/"])/g, '\\$1');
const quoted = (quote: string) => (value: string) => quote + value.replaceAll(quote, `\\${quote}`) + quote;
/** RFC 3986 reserves these, JavaScript's encoders leave them alone. */
const encodeReserved = (encoded: string) =>
  encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const encodeStrictly = (value: string) => encodeReserved(encodeURIComponent(value));
const inBraces = (values: readonly string[]) => (values.length > 1 ? `{${values.join(',')}}` : values.join(''));

const FORMATTERS: Readonly<Record<string, Formatter>> = {
  glob: inBraces,
  csv: (values) => values.join(','),
  raw: (values) => values.join(','),
  pipe: (values) => values.join('|'),
  join: (values, { argument }) => values.join(argument ?? ','),
  json: (values, { isMulti }) => JSON.stringify(isMulti ? values : values[0]),
  regex: (values) => (values.length > 1 ? `(${values.map(escapeRegex).join('|')})` : values.map(escapeRegex).join('')),
  lucene: (values) => (values.length > 1 ? `(${values.map((value) => `"${escapeLucene(value)}"`).join(' OR ')})` : values.map(escapeLucene).join('')),
  distributed: (values, { name }) => values.map((value, index) => (index === 0 ? value : `${name}=${value}`)).join(','),
  doublequote: (values) => values.map(quoted('"')).join(','),
  singlequote: (values) => values.map(quoted("'")).join(','),
  sqlstring: (values) => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(','),
  html: (values) => values.join(', ').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  percentencode: (values) => encodeStrictly(inBraces(values)),
  uriencode: (values) => encodeReserved(encodeURI(inBraces(values))),
  queryparam: (values, { name }) => values.map((value) => `var-${name}=${encodeStrictly(value)}`).join('&'),
  text: (_values, { text }) => text,
  date: ([value], { argument }) => formatDate(Number(value), argument),
};

/** @returns the text to insert; an unknown format falls back to `glob`, as in Grafana */
export function formatValue(format: string, values: readonly string[], context: Omit<FormatContext, 'argument'>): string {
  const [name, ...rest] = format.split(':');
  const formatter = FORMATTERS[name] ?? inBraces;
  return formatter(values, { ...context, argument: rest.length > 0 ? rest.join(':') : undefined });
}

function formatDate(timeMs: number, argument: string | undefined): string {
  if (!Number.isFinite(timeMs)) {
    return '';
  }
  return argument === 'seconds' ? String(Math.round(timeMs / 1000)) : new Date(timeMs).toISOString();
}
