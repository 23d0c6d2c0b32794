/**
 * Measures the service map of a running product: `tsx bench/map-view.ts --url http://localhost:3000`. `npm run bench -- --only map`
 * starts one itself.
 */
import { parseArgs } from 'node:util';
import { measureMap } from './map-measure';

const { values: options } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:3000' } } });
for (const [name, ms] of Object.entries(await measureMap(options.url))) {
  process.stdout.write(`${name.padEnd(28)} ${ms.toFixed(1)} ms\n`);
}
