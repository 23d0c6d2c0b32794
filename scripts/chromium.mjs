/** A Chromium for the tests: the one named by CHROMIUM_PATH, Debian's, or Playwright's own; installed where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const DEBIAN_PATH = '/usr/bin/chromium';

/** @returns {string | undefined} path of an executable that is there */
export function findChromium() {
  return [process.env.CHROMIUM_PATH, DEBIAN_PATH, chromium.executablePath()].find((path) => path && existsSync(path));
}

/**
 * @returns {string} path of the executable
 * @throws {Error} when there is none and none can be installed
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) {
    return found;
  }
  console.log('Installing Chromium');
  const asRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const steps = asRoot
    ? [
        ['apt-get', ['update', '-qq']],
        ['apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']],
      ]
    : [[process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']]];
  for (const [command, args] of steps) {
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const installed = findChromium();
  if (!installed) {
    throw new Error('no Chromium for the browser tests: install one and name it with CHROMIUM_PATH');
  }
  return installed;
}
