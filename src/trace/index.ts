/** The trace model; see columns.ts for its invariants. */
export { AttributeField, findAttribute } from './attribute-search';
export { TraceSetBuilder, type OnSpans } from './builder';
export { NO_PARENT, Repair, type Notice, type TraceColumns } from './columns';
export type { ResourceDetail, ScopeDetail, SpanDetail, SpanEvent, SpanLink } from './details';
export { bytesOfHex, hexDigit, hexOf, IS_LITTLE_ENDIAN, parseSpanId, parseTraceId, SPAN_ID_BYTES, TRACE_ID_BYTES, type SpanId, type TraceId } from './ids';
export { Interner } from './interner';
export { joinTraces } from './join-traces';
export { namesPeer, PeerReader, UNKNOWN_PEER, type Peer, type PeerColumn, type PeerKind } from './peers';
export { UNKNOWN_SERVICE } from './services';
export { pickTraces } from './pick-traces';
export { withStarts, type ShiftedSet } from './shifted-times';
export { SPAN_KIND_NAMES, SpanKind, STATUS_CODE_NAMES, StatusCode, type SpanKindName, type StatusCodeName } from './span-kind';
export { TraceSet, type ByteRange } from './trace-set';
export { decodeUtf8, encodeUtf8 } from './utf8';
export { EMPTY_VALUE, findValue, valueText, type AnyValue, type Attribute } from './values';
export type { TraceWarning, WarningCode } from './warnings';
export { Wire, WireError, WireReader } from './wire-reader';
