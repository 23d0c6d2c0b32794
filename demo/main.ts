/**
 * Starts the demo: the services of an audio platform, instrumented, with a gentle load. README.md says what it shows.
 *
 * Ends with its parent (IPC), on SIGINT and on SIGTERM, each time with the last spans sent and no process left.
 * Exit codes: 0 asked to end, 1 could not start or lost a service, 2 wrong options.
 */
import { parseOptions, USAGE } from './options';
import { Supervisor } from './process/supervisor';

const parsed = parseOptions(process.argv.slice(2));
if (parsed.kind === 'help') {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
if (parsed.kind === 'invalid') {
  printError(parsed.reason);
  process.exit(2);
}

const supervisor = new Supervisor(parsed.options, printError, (service) => {
  printError(`${service} ended unexpectedly; stopping`);
  end(1);
});
let isEnding = false;

process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
process.on('disconnect', () => end(0));
process.on('exit', () => supervisor.kill());

supervisor
  .start()
  .then((url) => {
    process.stdout.write(`demo: the API is ${url}\n`);
    process.send?.({ kind: 'ready' });
  })
  .catch((error: unknown) => {
    if (!isEnding) {
      printError(error instanceof Error ? error.message : String(error));
      supervisor.kill(); // nothing has happened that would be worth sending
      end(1);
    }
  });

function end(exitCode: number): void {
  if (isEnding) {
    return;
  }
  isEnding = true;
  void supervisor.stop().finally(() => process.exit(exitCode));
}

function printError(line: string): void {
  process.stderr.write(`demo: ${line}\n`);
}
