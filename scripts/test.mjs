/**
 * `npm test`: everything, on a fresh machine too. Ends with one line `N passed, N failed`, all suites added up; a check
 * without test cases (type check, lint, arrows, build) counts as one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ROOT, ensureBuilt } from './build.mjs';

const RESULTS = join(ROOT, 'build', 'test-results');
const GRAFANA_13 = join(ROOT, 'local', 'shell', 'grafana-13');
const bin = (path) => join(ROOT, 'node_modules', path);

const check = (script, ...args) => ({ passed: spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0 ? 1 : 0 });

/** @returns {{ passed: number, failed: number }} */
function jest(name, ...args) {
  const file = join(RESULTS, `${name}.json`);
  rmSync(file, { force: true });
  const { status } = spawnSync(process.execPath, [bin('jest/bin/jest.js'), '--json', `--outputFile=${file}`, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    // A suite that does not even load has no failed test to show for it.
    const brokenSuites = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed')).length;
    const failed = numFailedTests + brokenSuites;
    return { passed: numPassedTests, failed: failed === 0 && (status !== 0 || numFailedTestSuites > 0) ? 1 : failed };
  } catch (error) {
    console.error(`${name}: no results (${error.message})`);
    return { passed: 0, failed: 1 };
  }
}

/** @param {Parameters<typeof ensureBuilt>[0]} [names] */
function build(names) {
  try {
    ensureBuilt(names);
    return { passed: 1 };
  } catch (error) {
    console.error(error.message);
    return { passed: 0 };
  }
}

const PHASES = [
  ['Type check', () => check(bin('typescript/bin/tsc'), '-p', 'tsconfig.json')],
  ['Type check of the core without the DOM', () => check(bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json')],
  ['Lint', () => check(bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0')],
  ['Import arrows', () => check(bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'src', 'local', 'demo', 'bench')],
  ['Unit tests', () => jest('unit')],
  ['Production build', () => build()],
  ['Grafana 13 and React 19: types', () => {
    ensureInstalled(GRAFANA_13, 'the Grafana 13 set');
    return check(bin('typescript/bin/tsc'), '-p', join(GRAFANA_13, 'tsconfig.json'));
  }],
  ['Grafana 13 and React 19: shell', () => build(['shell on Grafana 13'])],
  ['Browser tests', async () => {
    const { ensureChromium } = await import('./chromium.mjs');
    process.env.CHROMIUM_PATH = ensureChromium();
    return jest('e2e', '--config', 'e2e/jest.config.js');
  }],
];

async function main() {
  ensureInstalled(ROOT);
  mkdirSync(RESULTS, { recursive: true });
  const total = { passed: 0, failed: 0 };
  for (const [name, run] of PHASES) {
    console.log(`\n── ${name}`);
    const startedAtMs = Date.now();
    const { passed, failed = 1 - passed } = await run();
    total.passed += passed;
    total.failed += failed;
    console.log(`${name}: ${failed === 0 ? 'passed' : 'FAILED'} (${passed} of ${passed + failed}) in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
