/** A duration as Go's time.Duration prints it: `1.5s`, `548.779ms`, `1h2m0s`. */
export function formatDuration(durationNs: number): string {
  const sign = durationNs < 0 ? '-' : '';
  const ns = Math.abs(Math.round(durationNs));
  if (ns === 0) {
    return '0s';
  }
  for (const [unitNs, unit] of [[1e3, 'ns'], [1e6, 'µs'], [1e9, 'ms']] as const) {
    if (ns < unitNs) {
      return `${sign}${decimal(ns, unitNs / 1e3)}${unit}`;
    }
  }
  const hours = Math.floor(ns / 3600e9);
  const minutes = Math.floor((ns % 3600e9) / 60e9);
  const seconds = `${decimal(ns % 60e9, 1e9)}s`;
  return `${sign}${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}`;
}

/** `value / unit` with all its digits and no trailing zeros; both are whole, so no rounding shows. */
function decimal(value: number, unit: number): string {
  const rest = value % unit;
  const digits = String(Math.round(rest)).padStart(Math.round(Math.log10(unit)), '0').replace(/0+$/, '');
  return `${Math.floor(value / unit)}${rest > 0 && digits ? `.${digits}` : ''}`;
}
