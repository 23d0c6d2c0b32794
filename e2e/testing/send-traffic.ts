/** Traces of known calls, sent as an exporter sends them: what a map must show of them is known exactly. */

export interface SentCalls {
  readonly caller: string;
  readonly called: string;
  /** `service.namespace` of both sides. */
  readonly namespace: string;
  readonly count: number;
  readonly failedCount: number;
  readonly durationMs: number;
}

const MS = 1_000_000n;
/** Long enough ago that everything is taken to have arrived. */
const AGE_MS = 5 * 60_000;
const SPAN_KINDS = { server: 2, client: 3 } as const;
const STATUS_ERROR = 2;

/**
 * One trace a call: a client span of the caller with a server span of the called one, named `call <called>`.
 *
 * @param ageMs how long ago the first began, the others a millisecond after one another; of another age they are other traces
 */
export async function sendTraffic(otlpHttpUrl: string, calls: readonly SentCalls[], ageMs = AGE_MS): Promise<void> {
  const startMs = Date.now() - ageMs;
  let sentCount = 0;
  const spans = calls.flatMap(({ count, ...call }) =>
    Array.from({ length: count }, (_, at) => spansOf({ ...call, isFailed: at < call.failedCount }, ageMs + ++sentCount, startMs + sentCount)).flat()
  );
  const resourceSpans = spans.map(({ service, namespace, span }) => ({
    resource: { attributes: [text('service.name', service), text('service.namespace', namespace)] },
    scopeSpans: [{ spans: [span] }],
  }));
  const answer = await fetch(`${otlpHttpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ resourceSpans }) });
  if (!answer.ok) {
    throw new Error(`expected the traces to be taken, got ${answer.status}: ${await answer.text()}`);
  }
}

type Call = Omit<SentCalls, 'count'> & { readonly isFailed: boolean };

function spansOf({ caller, called, namespace, durationMs, isFailed }: Call, traceNumber: number, startMs: number) {
  const traceId = hex(traceNumber, 32);
  const startNs = BigInt(startMs) * MS;
  const span = (id: number, kind: keyof typeof SPAN_KINDS, parentSpanId: string) => ({
    traceId,
    spanId: hex(2 * traceNumber + id, 16),
    parentSpanId,
    name: `call ${called}`,
    kind: SPAN_KINDS[kind],
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(durationMs) * MS),
    status: isFailed ? { code: STATUS_ERROR } : {},
  });
  const client = span(0, 'client', '');
  return [
    { service: caller, namespace, span: client },
    { service: called, namespace, span: span(1, 'server', client.spanId) },
  ];
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
