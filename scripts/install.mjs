/** Installs node_modules when missing or out of date. Plain JavaScript without dependencies. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs `npm ci` in `folder` unless it was done for the same lock file before.
 *
 * @param {string} folder with a package-lock.json
 * @param {string} what for the message
 * @throws {Error} when npm fails
 */
export function ensureInstalled(folder, what = 'dependencies') {
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
  const stamp = join(folder, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return;
  }
  console.log(`Installing ${what} (a minute or two, once)`);
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    throw new Error(`npm ci failed in ${folder}: see its message above, then try again`);
  }
  writeFileSync(stamp, lock);
}
