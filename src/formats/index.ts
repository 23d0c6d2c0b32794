/** Bytes ↔ traces. Every decoder gives a TraceSet; what it could not read is in its notices, or thrown as FormatError. */
export { FormatError, type FormatName } from './format-error';
export { decodeGraphFrames, encodeGraphFrames, type Graph, type GraphEdge, type GraphNode } from './grafana/graph-frames';
export { frameColumns, type Frame, type FrameField } from './grafana/frame';
export { decodeTraceFrame, encodeTraceFrame } from './grafana/trace-frame';
export { spanIdOfText, traceIdOfText } from './id-text';
export { decodeJaegerJson } from './jaeger/jaeger-decoder';
export { encodeJaegerJson, encodeJaegerV3Json } from './jaeger/jaeger-encoder';
export { isBeginning, openBeginning } from './open-beginning';
export { openTraces, recogniseFormat, type OpenedTraces } from './open-traces';
export { decodeOtlpJson } from './otlp/json-decoder';
export { encodeOtlpJson, encodeOtlpJsonSpan } from './otlp/json-encoder';
export { decodeOtlpProtobuf, decodeOtlpProtobufForGraph } from './otlp/protobuf-decoder';
export { encodeOtlpProtobuf } from './otlp/protobuf-encoder';
export { decodeTempoSearch, type FoundTrace, type TempoSearch } from './tempo/tempo-search';
export { decodeZipkinJson } from './zipkin/zipkin-decoder';
export { encodeZipkinJson } from './zipkin/zipkin-encoder';
