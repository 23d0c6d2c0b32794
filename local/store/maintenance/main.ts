/** `npm run store -- COMMAND --data DIR`: looks after a data directory while no store uses it. */
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DataDirectoryError } from '../database/database-error';
import { Engine } from '../engine/engine';
import { DEFAULT_LIMITS } from '../engine/messages';
import { isTenantName, SINGLE_TENANT } from '../engine/tenants';
import { logTo } from '../log';
import { exportTraces } from './export';
import { importFile } from './import';
import { OtlpFileError } from './otlp-file';
import { storeStats } from './stats';

const USAGE = `Looks after the data directory of a store that is not running.

  npm run store -- stats   --data DIR              what it holds, in JSON
  npm run store -- export  --data DIR --file FILE  all traces as OTLP
  npm run store -- import  --data DIR --file FILE  takes in a file of OTLP requests
  npm run store -- compact --data DIR              gives the space of removed traces back

  --format FORMAT   of an export: protobuf, exactly what was received (standard), or json, a trace a line
  --tenant NAME     whose traces are exported or imported
  --memory-mb MB    memory for the database engine (384)

Import takes both formats, packed with gzip too. Both are those of the OpenTelemetry collector's file exporter.
`;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

const COMMANDS = ['stats', 'export', 'import', 'compact'] as const;
const MAX_WAITING_BYTES = 64 << 20;
/** Nothing is removed while a directory is looked after. */
const FOR_EVER_HOURS = 24 * 365_000;

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) {
    process.stdout.write(USAGE);
    return;
  }
  const command = COMMANDS.find((name) => name === positionals[0]);
  if (!command || positionals.length > 1) {
    throw new UsageError(`The command must be one of ${COMMANDS.join(', ')}, received ${JSON.stringify(positionals.join(' '))}`);
  }
  const directory = wanted(values.data, '--data');
  const { format = 'protobuf', tenant } = values;
  if (format !== 'protobuf' && format !== 'json') {
    throw new UsageError(`--format must be protobuf or json, received ${JSON.stringify(format)}`);
  }
  if (tenant !== undefined && !isTenantName(tenant)) {
    throw new UsageError(`--tenant must be a tenant's name, received ${JSON.stringify(tenant)}`);
  }
  const file = command === 'export' || command === 'import' ? wanted(values.file, '--file') : '';
  process.umask(0o077);
  const engine = await Engine.open(
    {
      directory, multitenant: tenant !== undefined, tempoVersion: '2.7', limits: DEFAULT_LIMITS, hasMetrics: true, memoryLimitMb: memoryOf(values['memory-mb']),
      maxWaitingBytes: MAX_WAITING_BYTES, sampling: undefined, retention: { keepHours: FOR_EVER_HOURS, maxDiskBytes: undefined },
    },
    logTo((line) => process.stderr.write(line), 'text', 'info'),
  );
  try {
    await run(engine, command, file, format, tenant);
  } finally {
    await engine.close();
  }
}

async function run(engine: Engine, command: (typeof COMMANDS)[number], file: string, format: 'protobuf' | 'json', tenant: string | undefined): Promise<void> {
  switch (command) {
    case 'stats':
      return print(await storeStats(engine));
    case 'compact': {
      const before = await engine.database.fileUse();
      await engine.ingester.maintain(() => engine.database.compact());
      const after = await engine.database.fileUse();
      return print({ fileBytesBefore: before.totalBytes, fileBytes: after.totalBytes });
    }
    case 'export': {
      const number = engine.ingester.tenants.find(tenant ?? SINGLE_TENANT);
      if (number === undefined) {
        throw new UsageError(`The data directory has no tenant ${JSON.stringify(tenant)}: stats lists those it has`);
      }
      // Never over something that is there.
      const out = await open(file, 'wx', 0o600);
      let traces = 0;
      try {
        for await (const piece of exportTraces(engine, number, format)) {
          await out.writeFile(piece.bytes);
          traces += piece.traces;
        }
        await out.sync();
      } finally {
        await out.close();
      }
      return print({ traces, file });
    }
    case 'import':
      return print({ ...(await importFile(engine, file, tenant)), file });
  }
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' }, data: { type: 'string' }, file: { type: 'string' }, format: { type: 'string' }, tenant: { type: 'string' }, 'memory-mb': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]} (--help lists the options)`);
  }
}

function wanted(value: string | undefined, option: string): string {
  if (!value) {
    throw new UsageError(`${option} is missing (--help lists the options)`);
  }
  return value;
}

function memoryOf(text: string | undefined): number {
  const megabytes = Number(text ?? '384');
  if (!Number.isInteger(megabytes) || megabytes < 64) {
    throw new UsageError(`--memory-mb must be a whole number from 64, received ${JSON.stringify(text)}`);
  }
  return megabytes;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof DataDirectoryError || error instanceof OtlpFileError || (error as NodeJS.ErrnoException).syscall !== undefined;
  process.stderr.write(`${isExpected ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
