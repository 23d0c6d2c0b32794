/** Bytes ↔ traces. Every decoder gives a TraceSet; what it could not read is in its notices, or thrown as FormatError. */
export { FormatError, type FormatName } from './format-error';
export { addOtlpJson, decodeOtlpJson } from './otlp/json-decoder';
export { addOtlpProtobuf, decodeOtlpProtobuf } from './otlp/protobuf-decoder';
export { encodeOtlpProtobuf } from './otlp/protobuf-encoder';
export { decodeTempoSearch, type FoundTrace, type TempoSearch } from './tempo/tempo-search';
