/** The answers of an OTLP receiver (OTLP 1.5: success, partial success, google.rpc.Status), in protobuf and JSON. */
import type { IngestOutcome } from '../engine/messages';
import { WireWriter } from '../ingest/wire-writer';

/** google.rpc.Code, as gRPC and the JSON of OTLP/HTTP use it. */
export const RpcCode = { ok: 0, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, internal: 13, unavailable: 14 } as const;

export interface ExportFailure {
  readonly httpStatus: number;
  readonly code: number;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** Undefined where the request was accepted, in full or in part. */
export function failureOf(outcome: IngestOutcome): ExportFailure | undefined {
  switch (outcome.kind) {
    case 'accepted':
      return undefined;
    case 'malformed':
      return { httpStatus: 400, code: RpcCode.invalidArgument, message: outcome.message };
    case 'overloaded':
      return { httpStatus: 429, code: RpcCode.resourceExhausted, message: outcome.message, retryAfterMs: outcome.retryAfterMs };
    case 'no-tenant':
      return { httpStatus: 503, code: RpcCode.unavailable, message: outcome.message };
    case 'failed':
      return { httpStatus: 503, code: RpcCode.unavailable, message: outcome.message, retryAfterMs: 1000 };
  }
}

/** ExportTraceServiceResponse. Its partial_success is set only where something was rejected. */
export function successBytes(rejectedSpans: number, reason: string | undefined): Uint8Array {
  const out = new WireWriter(64);
  if (rejectedSpans > 0) {
    out.message(1, () => {
      out.varintField(1, rejectedSpans);
      out.textField(2, reason ?? '');
    });
  }
  return out.finish();
}

export function successJson(rejectedSpans: number, reason: string | undefined): string {
  return JSON.stringify({ partialSuccess: rejectedSpans > 0 ? { rejectedSpans: String(rejectedSpans), errorMessage: reason } : {} });
}

/** google.rpc.Status, with a google.rpc.RetryInfo where the sender may try again. */
export function statusBytes({ code, message, retryAfterMs }: Pick<ExportFailure, 'code' | 'message' | 'retryAfterMs'>): Uint8Array {
  const out = new WireWriter(128);
  out.varintField(1, code);
  out.textField(2, message);
  if (retryAfterMs !== undefined) {
    out.message(3, () => {
      out.textField(1, 'type.googleapis.com/google.rpc.RetryInfo');
      out.message(2, () => {
        out.message(1, () => {
          out.varintField(1, Math.floor(retryAfterMs / 1000));
          out.varintField(2, (retryAfterMs % 1000) * 1e6);
        });
      });
    });
  }
  return out.finish();
}
