/** OTLP/gRPC: opentelemetry.proto.collector.trace.v1.TraceService/Export, on as many ports as wanted. */
import { Metadata, type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall, logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import type { IngestOutcome } from '../engine/messages';
import type { IngestTarget } from './otlp-http';
import { failureOf, statusBytes, successBytes } from './otlp-status';
import { NO_ROOM, type ReceiveBudget, type ReceiveLimits, RETRY_AFTER_MS } from './receive-budget';

// Messages stay bytes on both sides: the engine decodes them.
const pass = (bytes: Buffer): Buffer => bytes;
const SERVICE = {
  export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: pass,
    requestDeserialize: pass,
    responseSerialize: pass,
    responseDeserialize: pass,
  },
} as const;

/** A server that is not bound yet. A request beyond `limits` or `budget` is refused with RESOURCE_EXHAUSTED. */
export function otlpGrpcServer(engine: IngestTarget, limits: ReceiveLimits, budget: ReceiveBudget): Server {
  setLogVerbosity(logVerbosity.NONE); // What goes wrong is reported by whoever binds or calls.
  const server = new Server({ 'grpc.max_receive_message_length': limits.bodyBytes });
  server.addService(SERVICE, {
    export: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      answer(engine, budget, call, callback).catch((error: Error) => callback({ code: 13, details: error.message }));
    },
  });
  return server;
}

async function answer(engine: IngestTarget, budget: ReceiveBudget, call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): Promise<void> {
  const orgId = call.metadata.get('x-scope-orgid')[0]?.toString();
  const bytes = call.request.length;
  const outcome: IngestOutcome = budget.take(bytes)
    ? await engine.ingest({ format: 'protobuf', body: call.request, orgId }).finally(() => budget.give(bytes))
    : { kind: 'overloaded', message: NO_ROOM, retryAfterMs: RETRY_AFTER_MS };
  const failure = failureOf(outcome);
  if (failure) {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', Buffer.from(statusBytes(failure)));
    callback({ code: failure.code, details: failure.message, metadata });
  } else if (outcome.kind === 'accepted') {
    callback(null, Buffer.from(successBytes(outcome.rejectedSpans, outcome.reason)));
  }
}

/** @returns the port it listens on */
export function bindGrpc(server: Server, host: string, port: number): Promise<number> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
}
