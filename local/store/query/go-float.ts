/** A double as Go's `strconv.FormatFloat(x, 'g', -1, 64)` writes it: the fewest digits, with an exponent below 1e-4 and from 1e+06. */
export function goFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  const [digits, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  return power >= -4 && power < 6 ? String(value) : `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
