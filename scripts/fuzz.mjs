/** `npm run fuzz [-- --only formats|store] [--runs N] [--seed S]`: the fuzz runs, one after the other; the first failure ends it. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const RUNS = { formats: 'src/formats/testing/fuzz-run.ts', store: 'local/store/testing/fuzz-run.ts' };

const USAGE = `npm run fuzz -- [--only ${Object.keys(RUNS).join('|')}] [--runs N] [--seed S]`;

const values = parse();
const passedOn = ['runs', 'seed'].flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
for (const [name, file] of Object.entries(RUNS)) {
  if (values.only === undefined || values.only === name) {
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...passedOn], { stdio: 'inherit' });
    if (status !== 0) {
      process.exit(status ?? 1);
    }
  }
}

/** @returns {{ only?: string, runs?: string, seed?: string }} */
function parse() {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } } });
    if (values.only !== undefined && !Object.hasOwn(RUNS, values.only)) {
      throw new Error(`--only ${values.only} is not one of ${Object.keys(RUNS).join(', ')}`);
    }
    return values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}
