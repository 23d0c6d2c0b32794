import { bytesField, integerField, readMessage, submessages, type WireMessage } from './protobuf';

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
const STATUS_ERROR = 2n;

/** A span as a test looks at it. Ids are hex; a root's parentSpanId is ''. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Attributes;
  readonly isError: boolean;
  readonly eventNames: readonly string[];
  /** Span ids. */
  readonly links: readonly string[];
  readonly service: string;
  readonly resource: Attributes;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The spans of an ExportTraceServiceRequest. Field numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
export function readExportRequest(bytes: Buffer): ReceivedSpan[] {
  return submessages(readMessage(bytes), 1).flatMap((resourceSpans) => {
    const resource = readAttributes(submessages(resourceSpans, 1)[0] ?? new Map(), 1);
    return submessages(resourceSpans, 2)
      .flatMap((scopeSpans) => submessages(scopeSpans, 2))
      .map((span) => readSpan(span, resource));
  });
}

function readSpan(span: WireMessage, resource: Attributes): ReceivedSpan {
  return {
    traceId: bytesField(span, 1).toString('hex'),
    spanId: bytesField(span, 2).toString('hex'),
    parentSpanId: bytesField(span, 4).toString('hex'),
    name: bytesField(span, 5).toString('utf8'),
    kind: KINDS[Number(integerField(span, 6))],
    startNs: integerField(span, 7),
    endNs: integerField(span, 8),
    attributes: readAttributes(span, 9),
    eventNames: submessages(span, 11).map((event) => bytesField(event, 2).toString('utf8')),
    links: submessages(span, 13).map((link) => bytesField(link, 2).toString('hex')),
    isError: submessages(span, 15).some((status) => integerField(status, 3) === STATUS_ERROR),
    service: String(resource['service.name']),
    resource,
  };
}

function readAttributes(message: WireMessage, field: number): Attributes {
  return Object.fromEntries(submessages(message, field).map((pair) => [bytesField(pair, 1).toString('utf8'), readAnyValue(submessages(pair, 2)[0])]));
}

/** Strings, booleans, integers and doubles; undefined for the rest, which the demo does not use. */
function readAnyValue(value: WireMessage | undefined): string | number | boolean | undefined {
  if (value?.has(1)) {
    return bytesField(value, 1).toString('utf8');
  }
  if (value?.has(2)) {
    return integerField(value, 2) === 1n;
  }
  if (value?.has(3)) {
    return Number(BigInt.asIntN(64, integerField(value, 3)));
  }
  if (value?.has(4)) {
    return new Float64Array(new BigUint64Array([integerField(value, 4)]).buffer)[0];
  }
  return undefined;
}
