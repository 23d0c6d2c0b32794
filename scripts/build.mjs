/** Builds what is stale: the plugin (dist/) and the shell's page on Grafana 12 or 13 (build/shell*). */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Each artefact, what it is made from, and how the bundler is called. */
const ARTEFACTS = {
  plugin: {
    args: ['-c', 'rspack.config.mjs'],
    output: 'dist/module.js',
    inputs: ['src', 'dashboards', 'plugin.json', 'rspack.config.mjs', 'docs/catalogue.md', 'docs/img/service-map-dark.png', 'docs/img/trace-light.png', 'LICENSE', 'CHANGELOG.md', 'package-lock.json', 'package.json'],
  },
  shell: {
    args: ['-c', 'local/shell/rspack.config.mjs'],
    output: 'build/shell/build/shell.js',
    inputs: ['local/shell/page', 'local/shell/rspack.config.mjs', 'package-lock.json'],
  },
  'shell on Grafana 13': {
    args: ['-c', 'local/shell/rspack.config.mjs', '--env', 'grafana=13'],
    output: 'build/shell-grafana-13/build/shell.js',
    inputs: ['local/shell/page', 'local/shell/rspack.config.mjs', 'local/shell/grafana-13/package-lock.json'],
  },
};

/**
 * Builds each artefact whose inputs changed since its last build.
 *
 * @param {ReadonlyArray<keyof typeof ARTEFACTS>} names
 * @throws {Error} when the bundler fails
 */
export function ensureBuilt(names = ['plugin', 'shell']) {
  for (const name of names) {
    const { args, output, inputs } = ARTEFACTS[name];
    const digest = digestOf(inputs);
    const stamp = join(ROOT, 'build', 'stamps', name.replaceAll(' ', '-'));
    if (existsSync(join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
      continue;
    }
    console.log(`Building the ${name}`);
    const rspack = spawnSync(process.execPath, [join(ROOT, 'node_modules/@rspack/cli/bin/rspack.js'), 'build', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (rspack.status !== 0) {
      throw new Error(`the ${name} does not build:\n${rspack.stdout}${rspack.stderr}`);
    }
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
  }
}

/** By content, not by time: a fresh checkout and a branch switch both touch files without changing them. */
function digestOf(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesIn).sort()) {
    hash.update(file).update('\0').update(readFileSync(join(ROOT, file))).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(join(ROOT, path))) {
    return [];
  }
  const entries = readdirSyncOrNothing(join(ROOT, path));
  return entries === undefined ? [path] : entries.flatMap((entry) => filesIn(`${path}/${entry}`));
}

function readdirSyncOrNothing(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOTDIR') {
      return undefined;
    }
    throw error;
  }
}
