/**
 * Spans of Zipkin v1 (zipkin-api, zipkin-api.yaml) as those of v2. In v1 an annotation says where it was made, and the core ones
 * (`cs` client send, `sr` server receive, …) tell the kind and the times; one span may hold both sides of a call. `binaryAnnotations`
 * are the tags, and addresses (`sa`, `ca`, `ma`) the other side.
 */
import { asArray, asNumber, asObject, asText, type JsonObject } from '../json/untyped';

interface Annotation {
  readonly timestamp: number | undefined;
  readonly value: string;
  readonly endpoint: JsonObject | undefined;
}

interface Side {
  readonly kind: 'CLIENT' | 'SERVER' | 'PRODUCER' | 'CONSUMER';
  /** Annotations that begin and end it; a message has no end. */
  readonly begin: string;
  readonly end: string;
  /** The key of the address of the other side. */
  readonly other: string;
}

const SIDES: readonly Side[] = [
  { kind: 'CLIENT', begin: 'cs', end: 'cr', other: 'sa' },
  { kind: 'SERVER', begin: 'sr', end: 'ss', other: 'ca' },
  { kind: 'PRODUCER', begin: 'ms', end: '', other: 'ma' },
  { kind: 'CONSUMER', begin: 'mr', end: '', other: 'ma' },
];
const CORE = SIDES.flatMap(({ begin, end }) => [begin, end]);
const ADDRESSES = SIDES.map(({ other }) => other);
const LOCAL_COMPONENT = 'lc';

/** The span of each side that was seen: client and server apart, with one id, as v2 has them. */
export function toZipkinV2(span: JsonObject): JsonObject[] {
  const annotations = asArray(span.annotations).map(annotationOf);
  const binary = asArray(span.binaryAnnotations).map((item) => asObject(item) ?? {});
  const addresses = binary.filter(isAddress);
  const tags = binary.filter((item) => !isAddress(item));
  const seen = SIDES.filter(({ begin, end }) => annotations.some(({ value }) => value !== '' && (value === begin || value === end)));
  // Who only knows the other side's address is at this end of the call.
  const sides = seen.length > 0 ? seen : SIDES.slice(0, 2).filter(({ other }) => addresses.some(({ key }) => key === other)).slice(0, 1);
  const ends = sides.length > 0 ? sides.map((side) => ({ side, local: localOf(side, annotations) })) : [{ side: undefined, local: undefined }];
  const anyLocal = [...annotations, ...tags].map(({ endpoint }) => asObject(endpoint)).find((endpoint) => endpoint !== undefined);
  return ends.map(({ side, local }, at) => {
    const own = local ?? anyLocal;
    const isFirst = at === 0;
    /** What was noted elsewhere belongs to the first side. */
    const belongs = (endpoint: unknown) => {
      const owner = ends.findIndex((end) => isSame(end.local, asObject(endpoint)));
      return owner === at || (owner < 0 && isFirst);
    };
    return {
      traceId: asText(span.traceId), id: asText(span.id), parentId: asText(span.parentId), name: asText(span.name), kind: side?.kind,
      ...times(span, side, annotations, isFirst),
      localEndpoint: endpointOf(own),
      remoteEndpoint: side && endpointOf(addresses.find(({ key, endpoint }) => key === side.other && !isSame(asObject(endpoint), own))?.endpoint),
      annotations: annotations.filter(({ value, endpoint }) => !CORE.includes(value) && belongs(endpoint)).map(({ timestamp, value }) => ({ timestamp, value })),
      tags: Object.fromEntries(tags.filter(({ key, value, endpoint }) => belongs(endpoint) && !(key === LOCAL_COMPONENT && value === '')).map(({ key, value }) => [asText(key) ?? '', tagText(value)])),
    };
  });
}

/** The span's own times are those of its first side; of the other, and where there are none, the core annotations tell. */
function times(span: JsonObject, side: Side | undefined, annotations: readonly Annotation[], isFirst: boolean) {
  const at = (wanted: string | undefined) => annotations.find(({ value }) => value === wanted && value !== '')?.timestamp;
  const [begin, end] = [at(side?.begin), at(side?.end)];
  const duration = begin === undefined || end === undefined ? undefined : end - begin;
  return {
    timestamp: (isFirst ? asNumber(span.timestamp) : undefined) ?? begin,
    duration: (isFirst ? asNumber(span.duration) : undefined) ?? duration,
  };
}

function annotationOf(item: unknown): Annotation {
  const annotation = asObject(item);
  return { timestamp: asNumber(annotation?.timestamp), value: asText(annotation?.value) ?? '', endpoint: asObject(annotation?.endpoint) };
}

function localOf({ begin, end }: Side, annotations: readonly Annotation[]): JsonObject | undefined {
  return annotations.find(({ value, endpoint }) => value !== '' && (value === begin || value === end) && endpoint !== undefined)?.endpoint;
}

/** An address has the value true, or the byte 1. */
function isAddress({ key, value }: JsonObject): boolean {
  return ADDRESSES.includes(asText(key) ?? '') && (value === true || value === 'true' || value === '\u0001');
}

function isSame(a: JsonObject | undefined, b: JsonObject | undefined): boolean {
  return a !== undefined && b !== undefined && a.serviceName === b.serviceName;
}

/** Only what an endpoint has: anything may be nested in it, as deep as it likes. */
function endpointOf(value: unknown): JsonObject | undefined {
  const endpoint = asObject(value);
  return endpoint && { serviceName: asText(endpoint.serviceName), ipv4: asText(endpoint.ipv4), ipv6: asText(endpoint.ipv6), port: asNumber(endpoint.port) };
}

/** Tags of v1 are scalars. */
function tagText(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : (asText(value) ?? '');
}
