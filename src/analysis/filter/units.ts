/** Numbers with units, as filters have them. */

export type Quantity = 'plain' | 'duration' | 'ratio' | 'size';

export interface Measure {
  readonly quantity: Quantity;
  /** In ns, as a ratio, in bytes, or as it is. */
  readonly value: number;
}

const UNITS: ReadonlyMap<string, readonly [Quantity, number]> = new Map([
  ['', ['plain', 1]],
  ['ns', ['duration', 1]], ['us', ['duration', 1e3]], ['µs', ['duration', 1e3]], ['μs', ['duration', 1e3]], ['ms', ['duration', 1e6]],
  ['s', ['duration', 1e9]], ['m', ['duration', 60e9]], ['min', ['duration', 60e9]], ['h', ['duration', 3600e9]], ['d', ['duration', 86400e9]],
  ['%', ['ratio', 0.01]],
  ['B', ['size', 1]], ['kB', ['size', 1e3]], ['KB', ['size', 1e3]], ['MB', ['size', 1e6]], ['GB', ['size', 1e9]],
  ['KiB', ['size', 1024]], ['MiB', ['size', 1024 ** 2]], ['GiB', ['size', 1024 ** 3]],
  ['k', ['plain', 1e3]], ['K', ['plain', 1e3]], ['M', ['plain', 1e6]],
] as const);

/** "1.5s" → 1.5e9 ns, "2%" → 0.02; undefined if the unit is unknown. The text must begin with a number. */
export function parseMeasure(text: string): Measure | undefined {
  const digits = /^[-+]?\d+(?:\.\d+)?/.exec(text)?.[0] ?? '';
  const unit = UNITS.get(text.slice(digits.length));
  if (unit === undefined || digits === '') {
    return undefined;
  }
  const [quantity, factor] = unit;
  // Products like 1.1 × 1e6 are rounded back to what was typed.
  return { quantity, value: Number((Number(digits) * factor).toPrecision(15)) };
}

/** A duration as people type it ("1.5s", "200 ms", "3us" or "µs") in whole ns; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const measure = parseMeasure(text.replace(/\s/g, ''));
  return measure?.quantity === 'duration' && measure.value >= 0 ? Math.round(measure.value) : undefined;
}
