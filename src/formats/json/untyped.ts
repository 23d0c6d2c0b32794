/** Reading values parsed from someone else's JSON: every look says what it expects and gets undefined otherwise. */

import { decodeUtf8 } from '../../trace';
import { FormatError, type FormatName } from '../format-error';

/** The whole document, for formats that are small. @throws FormatError if it is no JSON */
export function parseJson(input: Uint8Array | string, format: FormatName): unknown {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new FormatError(format, 'the document', error instanceof Error ? error.message : 'no JSON');
  }
}

export type JsonObject = { readonly [key: string]: unknown };

/** An object that is no array. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The items; none of what is no array. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string; numbers as their digits. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** A number, or digits in a string. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A whole number, exact where it came as a string. */
export function asBigint(value: unknown): bigint | undefined {
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) {
    return BigInt(value);
  }
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}
