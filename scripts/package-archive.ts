/** The plugin's zip: the same bytes from the same files, on every machine and in every time zone. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

const UNIX = 3;
const READABLE_FILE = 0o100644;

/**
 * Packs a folder. Entries are sorted by path and carry one date and one mode. The compressor is part of the lock file:
 * Node's own zlib gives other bytes in other versions.
 *
 * @param folder what to pack, everything in it
 * @param prefix the one folder inside the archive, without slash
 * @param date of every entry, YYYY-MM-DD, 1980 or later
 * @throws {RangeError} when the date is none
 */
export function archiveOf(folder: string, prefix: string, date: string): Uint8Array {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined || Number(year) < 1980) {
    throw new RangeError(`an archive's date is YYYY-MM-DD, 1980 or later, not "${date}"`);
  }
  // A zip stores local time without its zone: local midnight is written alike everywhere.
  const mtime = new Date(Number(year), Number(month) - 1, Number(day));
  const attributes = { mtime, level: 9, os: UNIX, attrs: READABLE_FILE << 16 } as const;
  return zipSync(Object.fromEntries(filesIn(folder).map((file) => [`${prefix}/${file}`, [readFileSync(join(folder, file)), attributes]])));
}

/** Paths below `folder`, with forward slashes, sorted by code unit. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}
