/** The embedded store as one thing to start and stop: the engine and its servers. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { EngineClient } from './engine/engine-client';
import { DEFAULT_LIMITS, type Limits } from './engine/messages';
import type { Log } from './log';
import { DEFAULT_RETENTION, type RetentionOptions } from './retention/retention';
import type { SamplingOptions } from './sampling/sampling-options';
import { otlpGrpcServer } from './servers/otlp-grpc';
import { otlpHttpServer } from './servers/otlp-http';
import { DEFAULT_RECEIVE_LIMITS, ReceiveBudget, type ReceiveLimits } from './servers/receive-budget';
import { tempoHttpServer } from './servers/tempo-http';

export interface StoreOptions {
  readonly host: string;
  /** 0 for a free port, here and below. */
  readonly tempoPort: number;
  readonly otlpHttpPort: number;
  readonly otlpGrpcPorts: readonly number[];
  /** Where everything is kept; made where it does not exist. */
  readonly dataDirectory: string;
  readonly multitenant?: boolean;
  /** The version of Tempo to answer as; 2.7 where it is left out. */
  readonly tempoVersion?: '2.7' | '3.0';
  /** Tempo's own where they are left out. */
  readonly limits?: Partial<Limits>;
  /** TraceQL metrics; true where it is left out. */
  readonly hasMetrics?: boolean;
  readonly memoryLimitMb?: number;
  /** 32 MiB a request, 64 MiB unpacked, 96 MiB that wait, where they are left out. */
  readonly receiveLimits?: ReceiveLimits;
  /** Tail sampling; undefined keeps every trace. */
  readonly sampling?: SamplingOptions;
  /** 336 hours, as large as the disk, where it is left out. */
  readonly retention?: RetentionOptions;
  readonly log?: Log;
  /** The store cannot go on: its thread died. */
  readonly onFailure?: (error: Error) => void;
}

export interface StoreServer {
  readonly tempoPort: number;
  readonly otlpHttpPort: number;
  readonly otlpGrpcPorts: readonly number[];
  /** Stops listening, finishes what was accepted and lets go of the data directory. */
  close(): Promise<void>;
}

/** A port that cannot be listened on; the message says which option to change. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

const DEFAULT_MEMORY_LIMIT_MB = 384;
/** Open connections get this long to finish their requests. */
const DRAIN_MS = 2000;

/**
 * @throws DataDirectoryError when the directory cannot be used
 * @throws PortError when a port cannot; nothing is left running
 */
export async function startStore(options: StoreOptions): Promise<StoreServer> {
  const receiveLimits = options.receiveLimits ?? DEFAULT_RECEIVE_LIMITS;
  const budget = new ReceiveBudget(receiveLimits.waitingBytes);
  const onFailure = options.onFailure ?? (() => undefined);
  const engine = await EngineClient.start(
    {
      directory: options.dataDirectory,
      multitenant: options.multitenant ?? false,
      tempoVersion: options.tempoVersion ?? '2.7',
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      hasMetrics: options.hasMetrics ?? true,
      memoryLimitMb: options.memoryLimitMb ?? DEFAULT_MEMORY_LIMIT_MB,
      maxWaitingBytes: receiveLimits.waitingBytes,
      sampling: options.sampling,
      retention: options.retention ?? DEFAULT_RETENTION,
    },
    options.log ?? (() => undefined),
    onFailure,
  );
  const tempo = tempoHttpServer(engine);
  const otlpHttp = otlpHttpServer(engine, receiveLimits, budget);
  const otlpGrpc = options.otlpGrpcPorts.map(() => otlpGrpcServer(engine, receiveLimits, budget));
  const close = async (): Promise<void> => {
    const drained = Promise.all([closeHttp(tempo), closeHttp(otlpHttp), ...otlpGrpc.map((grpc) => grpc.drain())]);
    await Promise.race([drained, delay(DRAIN_MS, undefined, { ref: false })]);
    otlpGrpc.forEach((grpc) => grpc.destroy());
    tempo.closeAllConnections();
    otlpHttp.closeAllConnections();
    await engine.close();
  };
  try {
    const { host } = options;
    const otlpGrpcPorts: number[] = [];
    const tempoPort = await listen(tempo, host, options.tempoPort, '--tempo-port');
    const otlpHttpPort = await listen(otlpHttp, host, options.otlpHttpPort, '--otlp-http-port');
    for (const [i, { server }] of otlpGrpc.entries()) {
      otlpGrpcPorts.push(await listen(server, host, options.otlpGrpcPorts[i], '--otlp-grpc-port'));
    }
    return { tempoPort, otlpHttpPort, otlpGrpcPorts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: NetServer, host: string, port: number, option: string): Promise<number> {
  const listening = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
  return listening.catch((error: Error) => refused(error, host, port, option));
}

function refused(error: Error, host: string, port: number, option: string): never {
  if (/EADDRINUSE|address already in use/i.test(error.message)) {
    throw new PortError(`Port ${port} on ${host} is in use: stop the program that uses it or choose another with ${option}`);
  }
  if (/EACCES|permission/i.test(error.message)) {
    throw new PortError(`Port ${port} on ${host} may not be used by this user: choose one above 1023 with ${option}`);
  }
  throw new PortError(`Port ${port} on ${host} cannot be listened on (${error.message.split('\n')[0]}): choose another address with --host or port with ${option}`);
}

function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
