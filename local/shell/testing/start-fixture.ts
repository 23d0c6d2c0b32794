/** The shell with the fixture plugin on a free port, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShell, type RunningShell, type ShellDataSource, type ShellOptions } from '../server/shell';

const here = fileURLToPath(new URL('.', import.meta.url));
export const FIXTURE_PLUGIN = path.join(here, 'fixture-plugin');
export const FIXTURE_DASHBOARDS = path.join(here, 'fixture-dashboards');

/** What a build of the page leaves, as far as the server looks at it. */
export function writePage(dir: string): void {
  mkdirSync(path.join(dir, 'build/img/icons/unicons'), { recursive: true });
  writeFileSync(path.join(dir, 'build/shell.js'), 'window.started = true;');
  writeFileSync(path.join(dir, 'build/img/icons/unicons/bars.svg'), '<svg/>');
  writeFileSync(path.join(dir, 'build-info.json'), '{"version":"12.4.10"}');
}

export interface FixtureShell extends RunningShell {
  readonly pageDir: string;
}

export async function startFixture(
  dataSources: readonly ShellDataSource[] = [],
  options: Partial<ShellOptions> = {}
): Promise<FixtureShell> {
  const pageDir = mkdtempSync(path.join(tmpdir(), 'veza-shell-'));
  writePage(pageDir);
  const shell = await startShell({
    host: '127.0.0.1', port: 0, pluginDir: FIXTURE_PLUGIN, dashboardsDir: FIXTURE_DASHBOARDS, dataSources, pageDir, ...options,
  });
  const close = async () => {
    await shell.close();
    rmSync(pageDir, { recursive: true });
  };
  return { url: shell.url, pageDir, close };
}
