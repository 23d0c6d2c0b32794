/** Query parameters, read and refused as Tempo reads and refuses them. */
import { parseDuration } from '../traceql/lexer';
import { ApiError } from './api-error';
import type { Compatibility } from './compatibility';

/** Go takes the first of repeated parameters and leaves out those it cannot decode. */
export class Parameters {
  private readonly values = new Map<string, string>();
  private readonly hasUnsigned: boolean;

  /** @param hasUnsigned whole numbers are read as 3.0 reads them: no sign, 32 bits */
  constructor(query: string, { hasUnsignedParameters }: Pick<Compatibility, 'hasUnsignedParameters'>) {
    this.hasUnsigned = hasUnsignedParameters;
    for (const part of query.split('&')) {
      const equals = part.indexOf('=');
      const name = decoded(equals < 0 ? part : part.slice(0, equals));
      const value = decoded(equals < 0 ? '' : part.slice(equals + 1));
      if (name !== undefined && value !== undefined && !part.includes(';') && !this.values.has(name)) {
        this.values.set(name, value);
      }
    }
  }

  /** Undefined where the parameter is absent or empty. */
  text(name: string): string | undefined {
    return this.values.get(name) || undefined;
  }

  /** A whole number above 0. */
  positive(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === undefined) {
      return fallback;
    }
    const parser = this.hasUnsigned ? 'ParseUint' : 'Atoi';
    if (!(this.hasUnsigned ? /^\d+$/ : /^[+-]?\d+$/).test(text)) {
      throw new ApiError(400, `invalid ${name}: strconv.${parser}: parsing ${JSON.stringify(text)}: invalid syntax`);
    }
    const value = Number(text);
    if (value > (this.hasUnsigned ? 2 ** 32 - 1 : 2 ** 63)) {
      throw new ApiError(400, `invalid ${name}: strconv.${parser}: parsing ${JSON.stringify(text)}: value out of range`);
    }
    if (value <= 0) {
      throw new ApiError(400, `invalid ${name}: must be a positive number`);
    }
    // Tempo 2.7 keeps these in 32 bits.
    return value % 2 ** 32 || fallback;
  }

  /** The same where Tempo passes over what is none. */
  maxCount(name: string, fallback: number): number {
    const value = Number(/^\d+$/.exec(this.text(name) ?? '')?.[0] ?? 0);
    return value > 0 ? value : fallback;
  }

  /** `start` and `end` in seconds; undefined where neither is given. */
  secondsRange(maxSeconds: number): { start: number; end: number } | undefined {
    const start = this.seconds('start');
    const end = this.seconds('end');
    if (start === undefined && end === undefined) {
      return undefined;
    }
    const range = { start: start ?? 0, end: end ?? 0 };
    if (range.start === 0 && range.end === 0) {
      return undefined;
    }
    if (range.start >= range.end) {
      throw new ApiError(400, `http parameter start must be before end. received start=${range.start} end=${range.end}`);
    }
    refuseLongRange(range, range.end - range.start, maxSeconds);
    return range;
  }

  /** A unix time in whole seconds, in 32 bits as Tempo keeps it. */
  seconds(name: string): number | undefined {
    const value = this.whole(name, 2n ** 32n - 1n);
    return value === undefined ? undefined : Number(BigInt.asUintN(32, value));
  }

  /** A whole number with a sign or without. */
  whole(name: string, max = 2n ** 63n - 1n): bigint | undefined {
    const text = this.text(name);
    if (text === undefined) {
      return undefined;
    }
    if (!/^[+-]?\d+$/.test(text)) {
      throw new ApiError(400, `invalid ${name}: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
    }
    const value = BigInt(text.replace('+', ''));
    if (value > max || value < -(2n ** 63n)) {
      throw new ApiError(400, `invalid ${name}: strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
    }
    return value;
  }

  /** A duration as Go writes it, in nanoseconds. */
  durationNs(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) {
      return undefined;
    }
    const isNegative = text.startsWith('-');
    const value = text === '0' ? 0 : parseDuration(isNegative ? text.slice(1) : text);
    if (value === undefined) {
      const reason = /^-?[\d.]+$/.test(text) ? `missing unit in duration ${JSON.stringify(text)}` : `invalid duration ${JSON.stringify(text)}`;
      throw new ApiError(400, `invalid ${name}: time: ${reason}`);
    }
    return isNegative ? -value : value;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}

/** @throws ApiError 400 */
export function refuseLongRange({ start, end }: { start: number; end: number }, seconds: number, maxSeconds: number): void {
  if (seconds > maxSeconds) {
    throw new ApiError(400, `range specified by start and end exceeds ${hours(maxSeconds)}. received start=${start} end=${end}`);
  }
}

function hours(seconds: number): string {
  return `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m${seconds % 60}s`;
}
