/**
 * Tempo's search answer → the structure of many traces. With `select(nestedSetParent, nestedSetLeft, nestedSetRight,
 * resource.service.name, name, status, kind)` every span carries its nested-set numbers: a root has parent -1, another
 * span's parent is the one whose nestedSetLeft equals its nestedSetParent. With `link:traceID, link:spanID` it carries one of
 * its links; a span without any has an empty trace id there (all seen on Tempo 2.7.1 and 3.0.3).
 */
import {
  parseSpanId, parseTraceId, SPAN_KIND_NAMES, STATUS_CODE_NAMES, valueText,
  type Attribute, type SpanId, type SpanLink, type TraceId, type TraceSet,
} from '../../trace';
import { FormatError } from '../format-error';
import { asArray, asBigint, asNumber, asObject, asText, parseJson, type JsonObject } from '../json/untyped';
import { attributesOfJson } from '../otlp/json-values';
import { OtlpMessageBuilder } from '../otlp/otlp-builder';
import { decodeOtlpProtobufForGraph } from '../otlp/protobuf-decoder';

export interface TempoSearch {
  /** The spans returned, as traces; a trace without any is only in `traces`. */
  readonly set: TraceSet;
  readonly traces: readonly FoundTrace[];
}

/** One line of a search result. */
export interface FoundTrace {
  readonly traceId: TraceId;
  /** Undefined while the root has not been received. */
  readonly rootServiceName: string | undefined;
  readonly rootTraceName: string | undefined;
  readonly startUnixNs: bigint;
  readonly durationMs: number;
  /** Of the whole trace; undefined before Tempo 2.6, which counts none. */
  readonly spanCount: number | undefined;
  readonly errorCount: number | undefined;
  /** Spans that match, and how many of them the answer holds. */
  readonly matched: number;
  readonly returned: number;
  /** Whether the answer holds all that match; otherwise fetch the trace whole. */
  readonly complete: boolean;
  /** Spans of which the answer says whether they have a link. */
  readonly linksKnown: ReadonlySet<SpanId>;
  /** The nested-set numbers are those of one walk over exactly these spans: none is missing, and roots are roots. */
  readonly isNumberedWhole: boolean;
  /** Index in `set`, undefined where the answer held no spans of it. */
  readonly index: number | undefined;
}

/** What Tempo puts where the root service is not known yet. */
const ROOT_NOT_RECEIVED = '<root span not yet received>';
/** 104 days. A span that ends before its start has about 1.8e19 ns here: unknown. */
const ABSURD_NS = BigInt(Number.MAX_SAFE_INTEGER);

/** @throws FormatError if it is no search answer */
export function decodeTempoSearch(input: Uint8Array | string): TempoSearch {
  const answer = asObject(parseJson(input, 'tempo-search'));
  if (answer === undefined || !Array.isArray(answer.traces ?? [])) {
    throw new FormatError('tempo-search', '$.traces', 'expected a list of traces');
  }
  const message = new OtlpMessageBuilder();
  const found = asArray(answer.traces).flatMap((trace) => {
    const object = asObject(trace);
    const traceId = parseTraceId(asText(object?.traceID) ?? '');
    return object === undefined || traceId === undefined ? [] : [readTrace(object, traceId, message)];
  });
  const set = decodeOtlpProtobufForGraph(message.finish());
  const index = new Map(Array.from({ length: set.traceCount }, (_, trace) => [set.traceId(trace), trace]));
  return { set, traces: found.map((trace) => ({ ...trace, index: index.get(trace.traceId) })) };
}

function readTrace(trace: JsonObject, traceId: TraceId, message: OtlpMessageBuilder): Omit<FoundTrace, 'index'> {
  const spanSets = asArray(trace.spanSets ?? (trace.spanSet ? [trace.spanSet] : [])).flatMap((set): JsonObject[] => [asObject(set) ?? {}]);
  const spans = new Map<SpanId, FoundSpan>();
  let complete = true;
  let matched = 0;
  for (const spanSet of spanSets) {
    const returned = asArray(spanSet.spans);
    for (const span of returned) {
      const read = readSpan(asObject(span) ?? {});
      if (read !== undefined) {
        spans.set(read.spanId, read);
      }
    }
    const ofSet = asNumber(spanSet.matched) ?? returned.length;
    matched = Math.max(matched, ofSet);
    complete &&= ofSet <= returned.length;
  }
  const byLeft = new Map([...spans.values()].map((span) => [span.nestedSetLeft, span.spanId]));
  for (const span of spans.values()) {
    message.add(
      span.service ?? '',
      () => (span.service === undefined ? [] : [{ key: 'service.name', value: { kind: 'string', value: span.service } }]),
      { ...span, traceId, parentSpanId: parentOf(span, byLeft) }
    );
  }
  const rootServiceName = asText(trace.rootServiceName);
  return {
    traceId,
    rootServiceName: rootServiceName === ROOT_NOT_RECEIVED ? undefined : rootServiceName,
    rootTraceName: asText(trace.rootTraceName),
    startUnixNs: asBigint(trace.startTimeUnixNano) ?? 0n,
    durationMs: asNumber(trace.durationMs) ?? 0,
    ...countsOf(trace.serviceStats),
    matched,
    returned: spans.size,
    complete,
    linksKnown: new Set([...spans.values()].flatMap(({ spanId, links }) => (links === undefined ? [] : [spanId]))),
    isNumberedWhole: isNumberedWhole([...spans.values()]),
  };
}

/** Sums of `{service: {spanCount, errorCount}}`; an error count of none is left out there. */
function countsOf(serviceStats: unknown): Pick<FoundTrace, 'spanCount' | 'errorCount'> {
  const counts = Object.values(asObject(serviceStats) ?? {}).map((stats): JsonObject => asObject(stats) ?? {});
  const sum = (key: string) => counts.reduce((total, stats) => total + (asNumber(stats[key]) ?? 0), 0);
  const spanCount = sum('spanCount');
  return spanCount > 0 ? { spanCount, errorCount: sum('errorCount') } : { spanCount: undefined, errorCount: undefined };
}

interface FoundSpan {
  readonly spanId: SpanId;
  readonly service: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly status: number;
  readonly statusMessage: string | undefined;
  readonly startUnixNs: bigint;
  readonly endUnixNs: bigint | undefined;
  readonly attributes: readonly Attribute[];
  /** At most one; undefined where the answer does not say. */
  readonly links: readonly SpanLink[] | undefined;
  readonly nestedSetLeft: number;
  readonly nestedSetRight: number;
  readonly nestedSetParent: number;
}

/** Attributes of the answer that are columns here; select() drops the scope from their keys. */
const INTRINSICS = ['service.name', 'name', 'kind', 'status', 'statusMessage', 'nestedSetLeft', 'nestedSetRight', 'nestedSetParent', 'link:traceID', 'link:spanID'] as const;
type Intrinsic = (typeof INTRINSICS)[number];

function readSpan(span: JsonObject): FoundSpan | undefined {
  const spanId = parseSpanId(asText(span.spanID) ?? '');
  if (spanId === undefined) {
    return undefined;
  }
  const intrinsics = new Map<string, string>();
  const attributes = attributesOfJson(span.attributes).filter(({ key, value }) => {
    const text = valueText(value);
    const isIntrinsic = (INTRINSICS as readonly string[]).includes(key);
    if (isIntrinsic) {
      intrinsics.set(key, text);
    }
    // Tempo 3.0 says "nil" where a selected attribute is absent.
    return !isIntrinsic && text !== 'nil';
  });
  const intrinsic = (key: Intrinsic) => (intrinsics.get(key) === 'nil' ? undefined : intrinsics.get(key));
  const startUnixNs = asBigint(span.startTimeUnixNano) ?? 0n;
  const durationNs = asBigint(span.durationNanos) ?? 0n;
  return {
    spanId,
    service: intrinsic('service.name'),
    name: asText(span.name) ?? intrinsic('name') ?? '',
    kind: Math.max(0, (SPAN_KIND_NAMES as readonly string[]).indexOf(intrinsic('kind') ?? '')),
    status: Math.max(0, (STATUS_CODE_NAMES as readonly string[]).indexOf(intrinsic('status') ?? '')),
    statusMessage: intrinsic('statusMessage'),
    startUnixNs,
    endUnixNs: durationNs >= 0n && durationNs < ABSURD_NS ? startUnixNs + durationNs : undefined,
    attributes,
    links: intrinsics.has('link:traceID') ? linkTo(intrinsic('link:traceID'), intrinsic('link:spanID')) : undefined,
    nestedSetLeft: Number(intrinsic('nestedSetLeft') ?? 0),
    nestedSetRight: Number(intrinsic('nestedSetRight') ?? 0),
    nestedSetParent: Number(intrinsic('nestedSetParent') ?? 0),
  };
}

/** A walk gives every span two numbers, from 1 on; parts of a trace that were walked apart repeat them. */
function isNumberedWhole(spans: readonly FoundSpan[]): boolean {
  const numbers = new Set(spans.flatMap(({ nestedSetLeft, nestedSetRight }) => [nestedSetLeft, nestedSetRight]));
  return numbers.size === 2 * spans.length && [...numbers].every((number) => number >= 1 && number <= numbers.size);
}

function linkTo(traceIdText = '', spanIdText = ''): SpanLink[] {
  const traceId = parseTraceId(traceIdText);
  const spanId = parseSpanId(spanIdText);
  return traceId && spanId ? [{ traceId, spanId, traceState: '', flags: 0, attributes: [], droppedAttributesCount: 0 }] : [];
}

/**
 * The parent's id. Where the parent is not in the answer, an id made from its nested-set number, so that the span counts as
 * one with a missing parent and siblings still share it. Without nested-set numbers nothing is known: a root.
 */
function parentOf(span: FoundSpan, byLeft: ReadonlyMap<number, SpanId>): SpanId | undefined {
  if (!(span.nestedSetParent > 0)) {
    return undefined;
  }
  return byLeft.get(span.nestedSetParent) ?? (`ffffffff${span.nestedSetParent.toString(16).padStart(8, '0').slice(-8)}` as SpanId);
}
