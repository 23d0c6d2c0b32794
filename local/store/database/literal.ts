/** SQL literals. Everything that comes from a query or a trace goes through here on its way into a statement. */

/** A VARCHAR. DuckDB's quoting knows no escapes but the doubled quote; a NUL would end the statement, so it is spliced in. */
export function textLiteral(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0] : `(${parts.join(' || chr(0) || ')})`;
}

/** A DOUBLE. */
export function numberLiteral(value: number): string {
  if (Number.isNaN(value)) {
    return `'nan'::DOUBLE`;
  }
  return Number.isFinite(value) ? `${value}::DOUBLE` : `'${value > 0 ? '' : '-'}inf'::DOUBLE`;
}

/** More numbers than these are one text: parsed as numbers each, they would take longer than what is done with them. */
const MAX_LISTED = 1000;

/** The condition that a column has one of the whole numbers, of which there may be many. */
export function isAmong(column: string, numbers: readonly number[]): string {
  const list = numbers.join(',');
  return `${column} IN (${numbers.length === 0 ? 'NULL' : numbers.length <= MAX_LISTED ? list : `SELECT unnest(string_split('${list}', ','))::BIGINT`})`;
}
