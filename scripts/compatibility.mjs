/**
 * `npm run compatibility`: does every Grafana we support have the API the plugin uses? Asks Grafana's levitate, which
 * compares the types of the packages of each version with what our source calls. Opt-in: it downloads those packages.
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from './build.mjs';

const LEVITATE = '@grafana/levitate@0.17.2';
/** The oldest that plugin.json admits, the one built against, the newest. Versions whose packages npm can install. */
const GRAFANA_VERSIONS = ['12.3.3', '12.4.10', '13.2.2'];
const ENTRIES = ['src/module.tsx', 'src/datasource/module.ts', 'src/panels/servicemap/module.tsx', 'src/panels/trace/module.tsx'];

const failures = GRAFANA_VERSIONS.flatMap((version) => ENTRIES.map((entry) => ({ version, entry }))).filter(({ version, entry }) => {
  console.log(`\n── ${entry} on Grafana ${version}`);
  const target = ['data', 'ui', 'runtime'].map((name) => `@grafana/${name}@${version}`).join(',');
  const { status } = spawnSync('npx', ['--yes', LEVITATE, 'is-compatible', '--path', entry, '--target', target], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status !== 0;
});

for (const { version, entry } of failures) {
  console.error(`${entry} is not compatible with Grafana ${version}`);
}
process.exitCode = failures.length === 0 ? 0 : 1;
