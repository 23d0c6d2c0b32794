/**
 * `npm run package`: builds the plugin into build/package/ and writes beside it what a release consists of:
 *
 *   veza-traces-app-VERSION.zip            what `grafana cli` and the catalogue install
 *   veza-traces-app-VERSION.zip.sha256     its checksum
 *   veza-traces-app-VERSION.cdx.json       the packages in it (CycloneDX)
 *
 * The same commit in the same folder gives the same bytes; in another folder the bundler may order a module's imports
 * differently. `--sign` has Grafana sign it first, see docs/packaging.md.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { archiveOf } from './package-archive';
import { sbomOf } from './package-sbom';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RELEASE = join(ROOT, 'build', 'package');
const SIGN_PLUGIN = '@grafana/sign-plugin@3.3.3';

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: command === 'npx' && process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
  }
}

/** The day the source is from, YYYY-MM-DD: today's would make each build differ. */
function sourceDate(): string {
  const { SOURCE_DATE, SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE) {
    return SOURCE_DATE;
  }
  const git = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' });
  const epochSeconds = Number(SOURCE_DATE_EPOCH || git.stdout?.trim());
  if (!(epochSeconds > 0)) {
    throw new Error('not a git checkout: name the day of the source, for example SOURCE_DATE=2026-11-23');
  }
  return new Date(epochSeconds * 1000).toISOString().slice(0, 10);
}

function main(): void {
  const { values } = parseArgs({ options: { sign: { type: 'boolean', default: false } } });
  const { version }: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { id }: { id: string } = JSON.parse(readFileSync(join(ROOT, 'plugin.json'), 'utf8'));
  const date = sourceDate();
  const folder = join(RELEASE, id);
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(RELEASE, { recursive: true });

  run(process.execPath, ['node_modules/@rspack/cli/bin/rspack.js', 'build', '-o', folder], { SOURCE_DATE: date });
  if (values.sign) {
    run('npx', ['--yes', SIGN_PLUGIN, '--distDir', folder]);
  }

  const name = `${id}-${version}`;
  const zip = archiveOf(folder, id, date);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  writeFileSync(join(RELEASE, `${name}.zip`), zip);
  writeFileSync(join(RELEASE, `${name}.zip.sha256`), `${sha256}  ${name}.zip\n`);
  writeFileSync(join(RELEASE, `${name}.cdx.json`), sbomOf(ROOT, folder));
  process.stdout.write(`build/package/${name}.zip, ${Math.round(zip.length / 1024)} KiB, ${values.sign ? 'signed' : 'not signed'}\nsha256 ${sha256}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
