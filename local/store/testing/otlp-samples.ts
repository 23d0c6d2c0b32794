/** OTLP/JSON requests for tests. */

export interface SampleSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** SpanKind; a server where it is left out. */
  readonly kind?: number;
  readonly startMs?: number;
  readonly durationMs?: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  readonly error?: boolean;
}

const BASE_MS = Date.UTC(2026, 10, 23, 8);

function attributesOf(values: Readonly<Record<string, string | number | boolean>>): unknown[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : typeof value === 'boolean' ? { boolValue: value } : { intValue: String(value) },
  }));
}

export function otlpRequest(service: string, spans: readonly SampleSpan[]): { resourceSpans: unknown[] } {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': service }) },
        scopeSpans: [
          {
            scope: { name: 'samples', version: '1' },
            spans: spans.map(({ startMs = 0, durationMs = 10, attributes = {}, error = false, ...span }) => ({
              kind: 2,
              ...span,
              startTimeUnixNano: String(BigInt(BASE_MS + startMs) * 1_000_000n),
              endTimeUnixNano: String(BigInt(BASE_MS + startMs + durationMs) * 1_000_000n),
              attributes: attributesOf(attributes),
              status: error ? { code: 2, message: 'failed' } : {},
            })),
          },
        ],
      },
    ],
  };
}

/** A trace id that is easy to recognise. */
export function traceIdOf(number: number): string {
  return `a${number.toString(16).padStart(31, '0')}`;
}

export function spanIdOf(number: number): string {
  return `b${number.toString(16).padStart(15, '0')}`;
}
