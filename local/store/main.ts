/** The store as a program: `node --import tsx local/store/main.ts --data DIR`. */
import { DataDirectoryError } from './database/database-error';
import { logTo } from './log';
import { USAGE, UsageError, parseCommandLine } from './options';
import { samplingInWords } from './sampling/sampling-options';
import { PortError, startStore } from './store-server';

/** A stop that takes longer than this is forced; what was acknowledged is in the write-ahead log. */
const STOP_WITHIN_MS = 4500;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  if (!commandLine) {
    process.stdout.write(USAGE);
    return;
  }
  process.umask(0o077); // Whatever is written, the database's files too, is for this user alone.
  const log = logTo((line) => process.stderr.write(line), commandLine.logFormat, commandLine.logLevel);
  const store = await startStore({
    ...commandLine,
    log,
    onFailure: (error) => {
      log({ level: 'error', message: 'the store stopped', fields: { reason: error.stack ?? error.message } });
      process.exit(1);
    },
  });
  const { tempoPort, otlpHttpPort, otlpGrpcPorts } = store;
  log({ level: 'info', message: 'ready', fields: { host: commandLine.host, tempoPort, otlpHttpPort, otlpGrpcPorts: otlpGrpcPorts.join(','), dataDirectory: commandLine.dataDirectory } });

  if (commandLine.sampling) {
    log({ level: 'info', message: `tail sampling: ${samplingInWords(commandLine.sampling)}` });
  }

  let isStopping = false;
  const stop = (): void => {
    if (isStopping) {
      return;
    }
    isStopping = true;
    log({ level: 'info', message: 'stopping' });
    setTimeout(() => fail('The store did not stop in time'), STOP_WITHIN_MS).unref();
    store.close().then(
      () => process.exit(0),
      (error: Error) => fail(`The store did not stop cleanly: ${error.message}`),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  process.send?.({ kind: 'ready' });
}

main().catch((error: unknown) => {
  if (error instanceof UsageError || error instanceof PortError || error instanceof DataDirectoryError) {
    fail(error.message);
  }
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
