/**
 * Measures the trace view in headless Chromium on the built plugin: `tsx bench/view.ts --url http://localhost:3000`, with the
 * product running there (npm start). `--million` measures the trace of 1,000,000 spans instead; `--json FILE` adds the numbers
 * to that file.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { firstLoadKB } from './first-load';
import { measureMillion, measureView } from './view-measure';

const { values: options } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:3000' }, million: { type: 'boolean', default: false }, json: { type: 'string' } },
});
const measured = options.million ? await measureMillion(options.url) : { ...(await measureView(options.url)), 'bundle.firstLoadKB': firstLoadKB(fileURLToPath(new URL('../dist', import.meta.url))) };
const results = Object.fromEntries(Object.entries(measured).map(([name, value]) => [name, Number(value.toPrecision(4))]));
for (const [name, value] of Object.entries(results)) {
  process.stdout.write(`${name.padEnd(28)} ${value}\n`);
}
if (options.json !== undefined) {
  const known: unknown = fs.existsSync(options.json) ? JSON.parse(fs.readFileSync(options.json, 'utf8')) : {};
  fs.writeFileSync(options.json, `${JSON.stringify({ ...(known as Record<string, number>), ...results }, null, 2)}\n`);
}
