/** The command line of the store. */
import { parseArgs } from 'node:util';
import type { Limits } from './engine/messages';
import type { LogFormat, LogLevel } from './log';
import type { RetentionOptions } from './retention/retention';
import { DEFAULT_SAMPLING, type SamplingOptions } from './sampling/sampling-options';
import type { ReceiveLimits } from './servers/receive-budget';

const MIB = 1 << 20;

export interface CommandLine {
  readonly host: string;
  readonly tempoPort: number;
  readonly otlpHttpPort: number;
  readonly otlpGrpcPorts: readonly number[];
  readonly dataDirectory: string;
  readonly multitenant: boolean;
  readonly tempoVersion: '2.7' | '3.0';
  readonly limits: Limits;
  readonly hasMetrics: boolean;
  readonly memoryLimitMb: number;
  readonly receiveLimits: ReceiveLimits;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
  readonly sampling: SamplingOptions | undefined;
  readonly retention: RetentionOptions;
}

/** The command line cannot be used; the message is one line for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `The embedded trace store: OTLP in, Tempo's query API out.

  --data DIR              where traces are kept (required)
  --host HOST             address to listen on (127.0.0.1)
  --tempo-port PORT       Tempo's query API (3200)
  --otlp-http-port PORT   OTLP/HTTP (4318)
  --otlp-grpc-port PORT   OTLP/gRPC, may be repeated (4317)
  --tempo-version VERSION the Tempo to answer as, 2.7 or 3.0 (2.7)
  --max-search-hours H    longest range of a search (168)
  --max-metrics-hours H   longest range of TraceQL metrics (24)
  --max-query-bytes N     longest query text (131072)
  --max-trace-bytes N     largest trace, as received, 0 for any (0)
  --max-tag-values-bytes N  tag values in one answer (10000000)
  --no-metrics            answer TraceQL metrics as a Tempo 2.7 without metrics generator
  --memory-mb MB          memory for the database engine (384)
  --queue-mb MB           requests that may wait to be taken in, and as much to be written; more are refused (96)
  --max-body-mb MB        largest request, as received (32)
  --max-unpacked-mb MB    largest request, unpacked (64)
  --log-format FORMAT     json or text, a line an event on standard error (json)
  --log-level LEVEL       debug, info, warn or error (info)
  --retention-hours H     traces that came longer ago are removed (336)
  --disk-mb MB            largest database file; beyond, the oldest traces are removed (unlimited)
  --sampling              keep traces with errors, slow ones and a share of the rest; without it all are kept
  --sampling-wait-s S     how long a trace waits for its spans (15)
  --sampling-slow-ms MS   traces at least this long are kept (500)
  --sampling-percent P    the share kept of the rest (10)
  --sampling-traces N     traces that may wait; beyond, the oldest is decided early (50000)
  --sampling-mb MB        bytes of requests that may wait, likewise (128)
  --multitenant           every request must name its tenant in X-Scope-OrgID
`;

/** @throws UsageError naming the option that is wrong; undefined asks for the usage text */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const values = parse(args);
  if (values.help) {
    return undefined;
  }
  if (!values.data) {
    throw new UsageError('Where to keep the traces is missing: name a directory with --data');
  }
  return {
    host: values.host ?? '127.0.0.1',
    tempoPort: portOf(values['tempo-port'] ?? '3200', '--tempo-port'),
    otlpHttpPort: portOf(values['otlp-http-port'] ?? '4318', '--otlp-http-port'),
    otlpGrpcPorts: (values['otlp-grpc-port'] ?? ['4317']).map((port) => portOf(port, '--otlp-grpc-port')),
    dataDirectory: values.data,
    multitenant: values.multitenant ?? false,
    tempoVersion: choiceOf(values['tempo-version'] ?? '2.7', '--tempo-version', ['2.7', '3.0']),
    limits: {
      searchSeconds: wholeNumber(values['max-search-hours'] ?? '168', '--max-search-hours', 1, 24 * 3650) * 3600,
      metricsSeconds: wholeNumber(values['max-metrics-hours'] ?? '24', '--max-metrics-hours', 1, 24 * 3650) * 3600,
      queryBytes: wholeNumber(values['max-query-bytes'] ?? '131072', '--max-query-bytes', 1, 1 << 20),
      traceBytes: wholeNumber(values['max-trace-bytes'] ?? '0', '--max-trace-bytes', 0, Number.MAX_SAFE_INTEGER),
      tagValuesBytes: wholeNumber(values['max-tag-values-bytes'] ?? '10000000', '--max-tag-values-bytes', 1, Number.MAX_SAFE_INTEGER),
    },
    hasMetrics: !values['no-metrics'],
    memoryLimitMb: wholeNumber(values['memory-mb'] ?? '384', '--memory-mb', 64, 1 << 20),
    receiveLimits: {
      bodyBytes: wholeNumber(values['max-body-mb'] ?? '32', '--max-body-mb', 1, 512) * MIB,
      unpackedBytes: wholeNumber(values['max-unpacked-mb'] ?? '64', '--max-unpacked-mb', 1, 512) * MIB,
      waitingBytes: wholeNumber(values['queue-mb'] ?? '96', '--queue-mb', 1, 1 << 14) * MIB,
    },
    logFormat: choiceOf(values['log-format'] ?? 'json', '--log-format', ['json', 'text']),
    logLevel: choiceOf(values['log-level'] ?? 'info', '--log-level', ['debug', 'info', 'warn', 'error']),
    retention: {
      keepHours: wholeNumber(values['retention-hours'] ?? '336', '--retention-hours', 1, 24 * 3650),
      maxDiskBytes: values['disk-mb'] === undefined ? undefined : wholeNumber(values['disk-mb'], '--disk-mb', 16, 1 << 24) * MIB,
    },
    sampling: values.sampling ? samplingOf(values) : undefined,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        data: { type: 'string' },
        host: { type: 'string' },
        'tempo-port': { type: 'string' },
        'otlp-http-port': { type: 'string' },
        'otlp-grpc-port': { type: 'string', multiple: true },
        'tempo-version': { type: 'string' },
        'max-search-hours': { type: 'string' },
        'max-metrics-hours': { type: 'string' },
        'max-query-bytes': { type: 'string' },
        'max-trace-bytes': { type: 'string' },
        'max-tag-values-bytes': { type: 'string' },
        'no-metrics': { type: 'boolean' },
        'memory-mb': { type: 'string' },
        'queue-mb': { type: 'string' },
        'max-body-mb': { type: 'string' },
        'max-unpacked-mb': { type: 'string' },
        'log-format': { type: 'string' },
        'log-level': { type: 'string' },
        'retention-hours': { type: 'string' },
        'disk-mb': { type: 'string' },
        sampling: { type: 'boolean' },
        'sampling-wait-s': { type: 'string' },
        'sampling-slow-ms': { type: 'string' },
        'sampling-percent': { type: 'string' },
        'sampling-traces': { type: 'string' },
        'sampling-mb': { type: 'string' },
        multitenant: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]} (--help lists the options)`);
  }
}

function samplingOf(values: ReturnType<typeof parse>): SamplingOptions {
  const setting = (option: `sampling-${'wait-s' | 'slow-ms' | 'percent' | 'traces' | 'mb'}`, standard: number, max: number, min = 1): number =>
    values[option] === undefined ? standard : wholeNumber(values[option], `--${option}`, min, max);
  return {
    ...DEFAULT_SAMPLING,
    decisionWaitMs: setting('sampling-wait-s', DEFAULT_SAMPLING.decisionWaitMs / 1000, 3600) * 1000,
    slowMs: setting('sampling-slow-ms', DEFAULT_SAMPLING.slowMs, 24 * 3_600_000),
    keptShare: setting('sampling-percent', DEFAULT_SAMPLING.keptShare * 100, 100, 0) / 100,
    maxWaitingTraces: setting('sampling-traces', DEFAULT_SAMPLING.maxWaitingTraces, 10_000_000),
    maxWaitingBytes: setting('sampling-mb', DEFAULT_SAMPLING.maxWaitingBytes / MIB, 1 << 14) * MIB,
  };
}

function choiceOf<T extends string>(text: string, option: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    throw new UsageError(`${option} must be ${choices.join(' or ')}, received ${JSON.stringify(text)}`);
  }
  return choice;
}

function portOf(text: string, option: string): number {
  return wholeNumber(text, option, 0, 65_535);
}

function wholeNumber(text: string, option: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${option} must be a whole number from ${min} to ${max}, received ${JSON.stringify(text)}`);
  }
  return value;
}
