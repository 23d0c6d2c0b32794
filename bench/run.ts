/** `npm run bench [-- --only PREFIX] [--json FILE]`: runs the benchmarks, prints a table, writes name → number. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import * as analysis from './analysis.bench';
import * as layout from './layout.bench';
import * as map from './map.bench';
import * as memory from './memory.bench';
import { CannotRun, type Benchmark } from './measure';
import * as open from './open.bench';
import * as store from './store.bench';
import * as view from './view.bench';
import * as storeIngest from './store-ingest.bench';

interface Group {
  readonly benchmarks: readonly Benchmark[];
  /** Ends what the benchmarks started; called when one of them ran, failed ones too. */
  readonly finish?: () => Promise<void>;
}

const GROUPS: readonly Group[] = [open, layout, memory, analysis, store, storeIngest, view, map];

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' }, json: { type: 'string' } } });
if (!GROUPS.some(({ benchmarks }) => benchmarks.some(({ name }) => name.startsWith(options.only)))) {
  process.stderr.write(`no benchmark's name begins with ${options.only}; docs/performance.md lists them\n`);
  process.exit(2);
}
const results: Record<string, number> = {};
for (const { benchmarks, finish } of GROUPS) {
  const chosen = benchmarks.filter(({ name }) => name.startsWith(options.only));
  try {
    for (const benchmark of chosen) {
      await report(benchmark);
    }
  } finally {
    if (chosen.length > 0) {
      await finish?.();
    }
  }
}
if (options.json !== undefined) {
  fs.writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

async function report(benchmark: Benchmark): Promise<void> {
  try {
    const value = Number((await benchmark.run()).toPrecision(4));
    results[benchmark.name] = value;
    process.stdout.write(`${line(benchmark, value)}\n`);
  } catch (error) {
    if (!(error instanceof CannotRun)) {
      throw error;
    }
    process.stdout.write(`${benchmark.name.padEnd(36)}${'–'.padStart(10)}  skipped: ${error.message}\n`);
  }
}

function line({ name, what, limit }: Benchmark, value: number): string {
  const [reached, wanted] = 'atMost' in limit ? [value <= limit.atMost, `≤ ${limit.atMost}`] : [value >= limit.atLeast, `≥ ${limit.atLeast}`];
  return `${name.padEnd(36)}${String(value).padStart(10)}  ${wanted.padEnd(8)}${reached ? 'reached' : 'MISSED '}  ${what}`;
}
