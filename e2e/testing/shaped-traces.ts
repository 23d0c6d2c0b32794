/** Traces of a certain shape as OTLP JSON. */

export interface SpanSketch {
  readonly service: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Place of the parent among the sketches. */
  readonly parent?: number;
  readonly isClient?: boolean;
  readonly isError?: boolean;
}

const START_MS = 1_795_334_400_000;
export const TRACE_ID = 'c0ffee'.padStart(32, '0');

/** The id of the span at a place. */
export const spanIdAt = (place: number): string => (place + 1).toString(16).padStart(16, '0');

export function otlpJson(sketches: readonly SpanSketch[]): Buffer {
  const ofService = new Map<string, object[]>();
  sketches.forEach(({ service, name, startMs, endMs, parent, isClient, isError }, place) => {
    const spans = ofService.get(service) ?? [];
    ofService.set(service, spans);
    spans.push({
      traceId: TRACE_ID,
      spanId: spanIdAt(place),
      parentSpanId: parent === undefined ? '' : spanIdAt(parent),
      name,
      kind: isClient ? 3 : 1,
      startTimeUnixNano: `${START_MS + startMs}000000`,
      endTimeUnixNano: `${START_MS + endMs}000000`,
      status: isError ? { code: 2 } : {},
    });
  });
  const resourceSpans = [...ofService].map(([service, spans]) => ({ resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] }, scopeSpans: [{ spans }] }));
  return Buffer.from(JSON.stringify({ resourceSpans }));
}

/** A request that asks the database twelve times, then waits, then fails elsewhere. */
export const REPEATED_CALLS: readonly SpanSketch[] = [
  { service: 'web', name: 'GET /playlist', startMs: 0, endMs: 900 },
  { service: 'api', name: 'list tracks', startMs: 10, endMs: 880, parent: 0 },
  ...Array.from({ length: 12 }, (_, at) => ({ service: 'api', name: 'SELECT tracks', startMs: 20 + 15 * at, endMs: 30 + 15 * at, parent: 1, isClient: true })),
  { service: 'recommender', name: 'recommend', startMs: 700, endMs: 850, parent: 1, isError: true },
  { service: 'recommender', name: 'score', startMs: 710, endMs: 840, parent: 14, isError: true },
];

/** Each span calls the next. */
export const deepTrace = (spanCount: number): SpanSketch[] =>
  Array.from({ length: spanCount }, (_, at) => ({ service: 'api', name: `call ${at}`, startMs: 0, endMs: spanCount - at, parent: at === 0 ? undefined : at - 1 }));

/** One span calls all others. */
export const wideTrace = (spanCount: number): SpanSketch[] =>
  Array.from({ length: spanCount }, (_, at) => ({ service: 'api', name: `call ${at}`, startMs: at, endMs: at === 0 ? spanCount + 1 : at + 1, parent: at === 0 ? undefined : 0 }));
