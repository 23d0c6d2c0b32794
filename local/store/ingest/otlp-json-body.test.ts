import { protobufOfJson } from './otlp-json';
import { protobufOfJsonBody } from './otlp-json-body';

const nested = (depth: number): string => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe('protobufOfJsonBody', () => {
  test('gives what the text gives; brackets in strings are text', () => {
    const text = JSON.stringify({ resourceSpans: [{ schemaUrl: `"\\"${'[{'.repeat(1000)}\\`, scopeSpans: [] }] });
    expect(protobufOfJsonBody(Buffer.from(text))).toEqual(protobufOfJson(text));
  });

  test.each([
    ['what nests too deep', nested(201), 'nests deeper than 200'],
    ['what never ends', '['.repeat(1 << 20), 'nests deeper than 200'],
    ['too many objects', `{"resourceSpans":[${'{},'.repeat(4_000_000)}{}]}`, '4000003 objects and lists, more than 4000000'],
  ])('refuses %s before it is parsed', (_, text, message) => {
    const parse = jest.spyOn(JSON, 'parse');
    expect(() => protobufOfJsonBody(Buffer.from(text))).toThrow(message);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  test('takes what nests as deep as may be', () => {
    expect(protobufOfJsonBody(Buffer.from(nested(200)))).toHaveLength(0);
  });
});
