import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the editor of TraceQL is known by; it is loaded where such a field is shown, and by no panel. */
const EDITOR_MARK = 'cm-tooltip-autocomplete';

/** Gzipped kilobytes of all scripts of the plugin but the editor's: at least what any dashboard loads of it. */
export function firstLoadKB(dist: string): number {
  const scripts = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js')).map((file) => fs.readFileSync(path.join(dist, file)));
  return scripts.filter((script) => !script.includes(EDITOR_MARK)).reduce((sum, script) => sum + gzipSync(script).length, 0) / 1024;
}
