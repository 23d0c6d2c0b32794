/** A store without its servers: a data directory, what comes in and what is asked. */
import { handleApi } from '../api/routes';
import { Database } from '../database/database';
import { OtlpJsonError } from '../ingest/otlp-json';
import { protobufOfBody } from '../ingest/otlp-json-thread';
import { WireError } from '../ingest/wire';
import { DictionaryCache } from '../query/dictionary-cache';
import { EventLoopStall } from '../event-loop-stall';
import { applyRetention, type RetentionResult } from '../retention/retention';
import { IngestTurns } from './ingest-turns';
import { Ingester, OverloadError } from './ingester';
import type { ApiRequest, ApiResponse, EngineOptions, IngestOutcome, IngestRequest } from './messages';
import { isTenantName, SINGLE_TENANT } from './tenants';
import type { Log } from '../log';

const RETENTION_EVERY_MS = 60_000;

export class Engine {
  readonly options: EngineOptions;
  readonly database: Database;
  readonly ingester: Ingester;
  readonly dictionary = new DictionaryCache();
  readonly stall = new EventLoopStall();

  private readonly turns: IngestTurns;
  private readonly report: Log;
  private retentionTimer: NodeJS.Timeout | undefined;
  private retaining: Promise<unknown> = Promise.resolve();

  private constructor(options: EngineOptions, database: Database, ingester: Ingester, turns: IngestTurns, report: Log) {
    this.options = options;
    this.turns = turns;
    this.database = database;
    this.ingester = ingester;
    this.report = report;
  }

  /** @throws DataDirectoryError when the directory cannot be used */
  static async open(options: EngineOptions, report: Log): Promise<Engine> {
    const database = await Database.open(options);
    const turns = new IngestTurns();
    const engine = new Engine(options, database, await Ingester.open(database, options, turns, report), turns, report);
    engine.startRetention();
    return engine;
  }

  /** Removes what may not stay any longer; see retention/retention.ts. */
  async applyRetention(): Promise<RetentionResult> {
    const result = await this.ingester.maintain((nextTrace, unusedBelow) => applyRetention(this.database, this.options.retention, nextTrace, Math.floor(Date.now() / 1000), unusedBelow));
    if (result.removedTraces > 0 || result.freedBytes > 0) {
      this.report({ level: 'info', message: 'retention', fields: { removedTraces: result.removedTraces, reason: result.reason ?? 'compaction', freedBytes: result.freedBytes } });
    }
    return result;
  }

  async ingest({ format, body, orgId }: IngestRequest): Promise<IngestOutcome> {
    if (this.options.multitenant && !isTenantName(orgId ?? '')) {
      return { kind: 'no-tenant', message: orgId ? 'invalid org id' : 'no org id' };
    }
    try {
      const request = format === 'json' ? await protobufOfBody(body) : body;
      const result = await this.ingester.accept(request, this.options.multitenant ? (orgId ?? '') : SINGLE_TENANT);
      if (result.rejectedSpans > 0 && result.acceptedSpans === 0) {
        return { kind: 'malformed', message: result.reason ?? 'no span could be accepted' };
      }
      return { kind: 'accepted', rejectedSpans: result.rejectedSpans, reason: result.reason };
    } catch (error) {
      if (error instanceof WireError || error instanceof OtlpJsonError) {
        return { kind: 'malformed', message: error.message };
      }
      if (error instanceof OverloadError) {
        return { kind: 'overloaded', message: error.message, retryAfterMs: error.retryAfterMs };
      }
      const { code, message } = error as NodeJS.ErrnoException;
      return { kind: 'failed', message: code === 'ENOSPC' ? 'the disk is full: nothing of this request was kept, make room for the data directory' : message };
    }
  }

  /** @param signal ends the query and frees its turn */
  api(request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> {
    return this.turns.query(() => handleApi(this, request, signal));
  }

  private startRetention(): void {
    this.retentionTimer = setInterval(() => {
      this.retaining = this.applyRetention().catch((error: Error) => this.report({ level: 'error', message: 'retention failed, trying again later', fields: { reason: error.message } }));
    }, RETENTION_EVERY_MS);
    this.retentionTimer.unref();
  }

  async close(): Promise<undefined> {
    clearInterval(this.retentionTimer);
    this.stall.stop();
    await this.retaining;
    await this.ingester.close();
    await this.database.close();
    return undefined;
  }
}
