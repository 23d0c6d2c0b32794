/** Figures as short as a label allows: three significant digits and a unit. */

const DURATION_UNITS = [
  [3_600_000_000_000, 'h'],
  [60_000_000_000, 'min'],
  [1_000_000_000, 's'],
  [1_000_000, 'ms'],
  [1_000, 'µs'],
] as const;

/** 1234567 → "1.23 ms". */
export function formatDuration(durationNs: number): string {
  for (const [unitNs, unit] of DURATION_UNITS) {
    // 999.6 ms would be rounded to "1000 ms": go up a unit already there.
    if (Math.abs(durationNs) >= unitNs * 0.9995) {
      return `${significant(durationNs / unitNs)} ${unit}`;
    }
  }
  return `${significant(durationNs)} ns`;
}

/** 0.0123 → "1.23 %". What is not zero never reads as zero. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  return percent > 0 && percent < 0.01 ? '< 0.01 %' : `${significant(percent)} %`;
}

/** 12345 → "12.3k". */
export function formatCount(count: number): string {
  if (count >= 999_500) {
    return `${significant(count / 1e6)}M`;
  }
  return count >= 9_999.5 ? `${significant(count / 1e3)}k` : significant(count);
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** 1536 → "1.5 KiB". */
export function formatBytes(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (Math.abs(amount) >= 1023.95 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? amount : Number(amount.toFixed(amount >= 100 ? 0 : 1))} ${BYTE_UNITS[unit]}`;
}

/** What calls are counted by. */
export type RateUnit = '/s' | '/min' | '/h';

const PER_SECOND: Readonly<Record<RateUnit, number>> = { '/s': 1, '/min': 60, '/h': 3600 };

/** One unit for all rates of a picture, so that they can be compared: that in which the highest reads best. */
export function rateUnitFor(highestPerSecond: number): RateUnit {
  if (highestPerSecond >= 1) {
    return '/s';
  }
  return highestPerSecond * 60 >= 1 ? '/min' : '/h';
}

/** 0.05 calls a second → "3/min". What is not zero never reads as zero. */
export function formatRate(perSecond: number, unit: RateUnit): string {
  const rate = perSecond * PER_SECOND[unit];
  return rate > 0 && rate < 0.01 ? `< 0.01${unit}` : `${formatCount(rate)}${unit}`;
}

function significant(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}
