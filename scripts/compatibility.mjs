/**
 * `npm run compatibility`: does every Grafana we support have the API the plugin uses? Opt-in: it downloads those packages.
 *
 * The plugin's source is compiled against the types of each version; that decides. Then Grafana's levitate reports what changed
 * in the exports we use, for reading: it counts each change, a new field of `config` among them, and names those only whose own
 * text differs. Of its report an export that is gone is a failure, and a package that it could not compare.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';

const LEVITATE = '@grafana/levitate@0.17.2';
/** The oldest that plugin.json admits, the one built against, the newest. Versions whose packages npm can install. */
const GRAFANA_VERSIONS = ['12.3.3', '12.4.10', '13.2.2'];
const PACKAGES = ['data', 'ui', 'runtime', 'schema', 'i18n'];
const ENTRIES = ['src/module.tsx', 'src/datasource/module.ts', 'src/panels/servicemap/module.tsx', 'src/panels/trace/module.tsx'];

/** Runs a command of npm's or the system's in `cwd`; its output is shown, and returned. */
function run(command, args, cwd = ROOT) {
  const { status, stdout, error } = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
  process.stdout.write(stdout ?? '');
  return { succeeded: status === 0, output: error ? String(error) : stdout };
}

/** A folder in which `@grafana/*` is found in this version, and everything else where it always is. */
function folderWith(version) {
  const folder = join(ROOT, 'build', 'compatibility', version);
  rmSync(folder, { recursive: true, force: true });
  for (const name of PACKAGES) {
    const target = join(folder, 'node_modules', '@grafana', name);
    mkdirSync(target, { recursive: true });
    const packed = run('npm', ['pack', '--silent', `@grafana/${name}@${version}`], target);
    if (!packed.succeeded || !run('tar', ['-xzf', readdirSync(target)[0], '--strip-components=1'], target).succeeded) {
      throw new Error(`@grafana/${name}@${version} could not be downloaded`);
    }
  }
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.json', include: ['src'], exclude: ['**/*.test.*', '**/testing'] }));
  return folder;
}

const compiles = (version) => run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], folderWith(version)).succeeded;

function hasAllExports(version, entry) {
  const target = ['data', 'ui', 'runtime'].map((name) => `@grafana/${name}@${version}`).join(',');
  const { output } = run('npx', ['--yes', LEVITATE, 'is-compatible', '--path', entry, '--target', target]);
  return output.includes('Successfully compared') && !/Removed|Could not process/.test(output);
}

const failures = [];
for (const version of GRAFANA_VERSIONS) {
  console.log(`\n── The types of Grafana ${version}`);
  if (!compiles(version)) {
    failures.push(`the source does not compile against Grafana ${version}`);
  }
  for (const entry of ENTRIES) {
    console.log(`\n── ${entry} on Grafana ${version}, as levitate reports it`);
    if (!hasAllExports(version, entry)) {
      failures.push(`${entry} uses what Grafana ${version} does not have, or levitate could not tell`);
    }
  }
}
console.log(failures.length === 0 ? `\nThe plugin compiles against Grafana ${GRAFANA_VERSIONS.join(', ')}, and no export that it uses is missing.` : `\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
