import { encodeUtf8 } from '../trace';
import { decodeOtlpProtobuf, encodeJaegerJson, encodeJaegerV3Json, encodeOtlpJson, encodeTraceFrame, encodeZipkinJson, FormatError, openTraces } from './index';
import { messageOf, randomSpans } from './testing/random-spans';

const bytes = messageOf(randomSpans(5, 30, { sane: true }));
const set = decodeOtlpProtobuf(bytes);

it.each([
  ['otlp-protobuf', bytes],
  ['otlp-json', encodeUtf8(encodeOtlpJson(set))],
  ['otlp-json', encodeUtf8(`\ufeff${encodeOtlpJson(set)}\n${encodeOtlpJson(set)}`)],
  ['otlp-json', encodeUtf8(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":""}]}]}]}\r\n{"resourceMetrics":[]}\r\n${encodeOtlpJson(set)}`)],
  ['jaeger-json', encodeUtf8(encodeJaegerJson(set))],
  ['jaeger-json', encodeUtf8('{"data":[]}')],
  ['zipkin-json', encodeUtf8(encodeZipkinJson(set))],
  ['zipkin-json', encodeUtf8(`[${encodeZipkinJson(set)}]`)],
  ['tempo-search', encodeUtf8('{"traces":[],"metrics":{}}')],
  ['grafana-frame', encodeUtf8(JSON.stringify(encodeTraceFrame(set)))],
  ['tempo-search', encodeUtf8('\ufeff{"traces":[],"metrics":{}}')],
  ['grafana-frame', encodeUtf8(`\ufeff${JSON.stringify({ status: 200, frames: [encodeTraceFrame(set)] })}`)],
  ['grafana-frame', encodeUtf8(JSON.stringify({ series: [encodeTraceFrame(set)] }))],
] as const)('recognises %s', (format, input) => {
  expect(openTraces(input).format).toBe(format);
});

it('every format tells of the same spans', () => {
  const ids = (input: Uint8Array) => {
    const opened = openTraces(input).set;
    return Array.from({ length: opened.spanCount }, (_, row) => opened.spanId(row)).sort();
  };
  for (const text of [encodeOtlpJson(set), encodeJaegerJson(set), encodeJaegerV3Json(set), encodeZipkinJson(set)]) {
    expect(ids(encodeUtf8(text))).toEqual(ids(bytes));
  }
});

it('Jaeger v3 out and in again loses nothing', () => {
  const again = openTraces(encodeUtf8(encodeJaegerV3Json(set))).set;
  expect(encodeOtlpJson(again)).toBe(encodeOtlpJson(set));
  expect(openTraces(encodeUtf8(encodeJaegerV3Json(set, [0]))).set.traceCount).toBe(1);
});

it('opens what the file exporter of a collector writes as protobuf, cut or not', () => {
  const other = messageOf(randomSpans(6, 10, { sane: true }));
  const file = Uint8Array.from([bytes, other].flatMap((message) => [0, 0, message.length >> 8, message.length & 0xff, ...message]));
  const cut = openTraces(file.slice(0, -30)).set;
  const opened = openTraces(file);
  expect([opened.format, opened.set.spanCount]).toEqual(['otlp-protobuf', 40]);
  expect(structuredClone(opened.set.columns, { transfer: opened.set.transferables() }).traceFirstRow.at(-1)).toBe(40);
  expect([cut.spanCount, cut.notices.map(({ code }) => code)]).toEqual([39, expect.arrayContaining(['truncated'])]);
});

it('opens every trace frame of a file, and nothing else in it', () => {
  const frames = [0, 1].map((trace) => encodeTraceFrame(set, trace));
  const opened = openTraces(encodeUtf8(JSON.stringify({ results: { A: { frames }, B: { frames: [{ fields: [{ name: 'Time', values: [1] }] }] } } }))).set;
  expect([opened.traceCount, opened.spanCount]).toEqual([2, frames[0].length + frames[1].length]);
  const edges = { fields: ['id', 'source', 'target'].map((name) => ({ name, values: ['a'] })) };
  expect(() => openTraces(encodeUtf8(JSON.stringify([edges])))).toThrow('nodes and edges of a graph');
});

it.each(['', 'hello', '{}', '{"a":[1,2]}', '[1', '\u0000'])('refuses %j with a reason', (text) => {
  expect(() => openTraces(encodeUtf8(text))).toThrow(FormatError);
});

it.each([
  [Uint8Array.of(0x1f, 0x8b, 8, 0), /gzip file: unpack it first/],
  [Uint8Array.of(0xff, 0xfe, 0x7b, 0), /UTF-16/],
  [encodeUtf8('<html>Sign in</html>'), /HTML or XML page/],
  [encodeUtf8('{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}'), /instead of traces: trace not found/],
  [encodeUtf8('{"error":{"httpCode":404,"message":"No traces found"}}'), /instead of traces: No traces found/],
  [encodeUtf8(encodeOtlpJson(set)).slice(0, 12), /malformed JSON: the input ends inside a string/],
  [encodeUtf8('{"data": [{'), /byte 11: malformed JSON: the input ends inside an object/],
  [encodeUtf8('{data: 1}'), /malformed JSON: expected a string/],
])('says what input that is no trace is instead: %#', (input, reason) => {
  expect(() => openTraces(input)).toThrow(reason);
});
