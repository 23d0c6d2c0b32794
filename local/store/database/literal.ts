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

/** A BIGINT. @throws RangeError outside 64 bits */
export function integerLiteral(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) {
    throw new RangeError(`${value} is not a 64-bit integer`);
  }
  return `(${value}::BIGINT)`;
}
