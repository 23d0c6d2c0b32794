/** `npm start`: from a fresh clone to running screens. Installs and builds what is missing or stale, then runs local/start. */
import { ensureInstalled } from './install.mjs';
import { OptionError, HELP, parseStartOptions } from './start-options.mjs';

const OLDEST_NODE = 20;

async function main() {
  const options = parseStartOptions(process.argv.slice(2));
  if ('help' in options) {
    console.log(HELP);
    return;
  }
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new OptionError(`Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}`);
  }
  const { ROOT, ensureBuilt } = await import('./build.mjs');
  ensureInstalled(ROOT);
  ensureBuilt();
  const { register } = await import('tsx/esm/api');
  register();
  const { start } = await import('../local/start/start.ts');
  await start(options);
}

main().catch((error) => {
  // A part that ended has said why in a line of its own.
  if (error?.name !== 'ChildEndedError') {
    console.error(`npm start: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.exitCode = error instanceof OptionError ? 2 : 1;
});
