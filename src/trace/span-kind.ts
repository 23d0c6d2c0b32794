/** Span kinds and status codes with the numbers of OTLP (opentelemetry-proto, trace.proto): columns hold these numbers. */

export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
export type SpanKindName = keyof typeof SpanKind;
export const SPAN_KIND_NAMES: readonly SpanKindName[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

export const StatusCode = { unset: 0, ok: 1, error: 2 } as const;
export type StatusCodeName = keyof typeof StatusCode;
export const STATUS_CODE_NAMES: readonly StatusCodeName[] = ['unset', 'ok', 'error'];
