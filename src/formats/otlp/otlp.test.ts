import fs from 'node:fs';
import { encodeUtf8 } from '../../trace';
import { decodeOtlpJson, decodeOtlpProtobuf, encodeOtlpJson, encodeOtlpProtobuf, FormatError } from '../index';
import { contentOf } from '../testing/content';
import { messageOf, randomSpans } from '../testing/random-spans';
import { readEdgeCases, sharedFile } from '../testing/shared-folder';

const json = (value: unknown) => encodeUtf8(JSON.stringify(value));
const request = (span: object) => ({ resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 's' } }] }, scopeSpans: [{ spans: [span] }] }] });
const SPAN = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', name: 'GET', startTimeUnixNano: '1544712660000000001', endTimeUnixNano: '1544712661000000002' };

describe('round trips of random spans', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))('seed %i', (seed) => {
    const first = decodeOtlpProtobuf(messageOf(randomSpans(seed, 40, { sane: true })));
    expect(contentOf(decodeOtlpProtobuf(encodeOtlpProtobuf(first)))).toEqual(contentOf(first));
    const text = encodeOtlpJson(first);
    expect(contentOf(decodeOtlpJson(encodeUtf8(text)))).toEqual(contentOf(first));
    // With white space no attribute is in the exporters' compact shape: the general path must read the same.
    expect(contentOf(decodeOtlpJson(encodeUtf8(JSON.stringify(JSON.parse(text), null, 2))))).toEqual(contentOf(first));
  });
});

describe('what JSON may look like', () => {
  it.each([
    ['hex ids and numbers', { ...SPAN, kind: 2, status: { code: 2 } }],
    ['base64 ids and names', { ...SPAN, traceId: 'W47/95gDgQPSabYzgT/GDA==', spanId: '7uGbfsPBsXQ=', kind: 'SPAN_KIND_SERVER', status: { code: 'STATUS_CODE_ERROR' } }],
    ['escaped slashes in base64', { ...SPAN, traceId: 'W47\u002f95gDgQPSabYzgT\u002fGDA==', kind: '2', status: { code: '2' } }],
    ['upper-case hex', { ...SPAN, traceId: SPAN.traceId.toUpperCase(), kind: 'server', status: { code: 'error' } }],
  ])('%s', (_, span) => {
    const set = decodeOtlpJson(json(request(span)));
    expect([set.traceId(0), set.spanId(0), set.kind(0), set.status(0)]).toEqual([SPAN.traceId, SPAN.spanId, 'server', 'error']);
    expect(set.startUnixNs(0)).toBe(1544712660000000001n);
    expect(set.columns.durationNs[0]).toBe(1_000_000_001);
  });

  it.each(['154471266000000000x', '15447126600000000.1', '-544712660000000001', '1544712660/00000001'])('%s is as long as a time, and none', (time) => {
    const set = decodeOtlpJson(json(request({ ...SPAN, startTimeUnixNano: time, endTimeUnixNano: '1544712661000000002' })));
    expect(set.startUnixNs(0)).not.toBe(1544712660000000001n);
    expect(set.columns.durationNs[0]).toBeGreaterThanOrEqual(0);
    expect(set.spanId(0)).toBe(SPAN.spanId);
  });

  it.each([9n, 10_000_000_001n, 999_999_999_999_999_999n, 1_000_000_000_000_000_000n, 1_999_999_999_999_999_999n, 9_223_372_036_854_775_807n])('the time %s', (time) => {
    const set = decodeOtlpJson(json(request({ ...SPAN, startTimeUnixNano: String(time), endTimeUnixNano: String(time + 1n) })));
    expect(set.startUnixNs(0)).toBe(time);
  });

  it('times and integers as bare numbers, exact beyond 2^53', () => {
    const text = JSON.stringify(request({ ...SPAN, attributes: [{ key: 'n', value: { intValue: '9007199254740993' } }] }));
    const set = decodeOtlpJson(encodeUtf8(text.replace(/"(1544712660000000001|9007199254740993)"/g, '$1')));
    expect(set.startUnixNs(0)).toBe(1544712660000000001n);
    expect(set.attribute(0, 'n')).toEqual({ kind: 'int', value: 9007199254740993n });
  });

  it.each([
    ['batches', { batches: request(SPAN).resourceSpans }],
    ['trace.resourceSpans', { trace: request(SPAN) }],
    ['Jaeger v3 result', { result: request(SPAN) }],
    ['a list', [request(SPAN)]],
    ['instrumentationLibrarySpans', { resourceSpans: [{ instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'l' }, spans: [SPAN] }] }] }],
  ])('%s', (_, document) => {
    expect(decodeOtlpJson(json(document)).spanCount).toBe(1);
  });

  it('JSON lines, and a resource after its spans', () => {
    const [resourceSpans] = request(SPAN).resourceSpans;
    const late = { resourceSpans: [{ schemaUrl: 'u', scopeSpans: resourceSpans.scopeSpans, resource: resourceSpans.resource }] };
    const set = decodeOtlpJson(encodeUtf8(`${JSON.stringify(late)}\n${JSON.stringify(request({ ...SPAN, spanId: '01' }))}\n`));
    expect([set.spanCount, set.service(0), set.resource(0).schemaUrl]).toEqual([2, 's', 'u']);
  });

  it('an empty answer of Tempo', () => {
    expect(decodeOtlpJson(encodeUtf8('{"trace":{}}')).spanCount).toBe(0);
  });

  it('a key __proto__ is a key', () => {
    const set = decodeOtlpJson(encodeUtf8(JSON.stringify(request(SPAN)).replace('"name"', '"attributes":[{"key":"__proto__","value":{"kvlistValue":{"values":[{"key":"__proto__","value":{"stringValue":"x"}}]}}}],"name"')));
    expect(set.detail(0).attributes[0].key).toBe('__proto__');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('bad input', () => {
  it('says where and why', () => {
    expect(() => decodeOtlpJson(encodeUtf8('{"resourceSpans":[{"scopeSpans":'))).toThrow(FormatError);
    expect(() => decodeOtlpJson(encodeUtf8('{"a":1}'))).toThrow('otlp-json, the outermost object: neither resourceSpans nor batches found');
    expect(() => decodeOtlpProtobuf(Uint8Array.of(0xff, 0xff))).toThrow(FormatError);
  });

  it('reads what precedes a cut, and says so', () => {
    const whole = messageOf(randomSpans(3, 40, { sane: true }));
    const cut = decodeOtlpProtobuf(whole.subarray(0, Math.floor(whole.length * 0.7)));
    expect(cut.spanCount).toBeGreaterThan(10);
    expect(cut.notices.map(({ code }) => code)).toContain('truncated');
    const text = encodeUtf8(encodeOtlpJson(decodeOtlpProtobuf(whole)));
    const cutJson = decodeOtlpJson(text.subarray(0, Math.floor(text.length * 0.7)));
    expect(cutJson.spanCount).toBeGreaterThan(10);
    expect(cutJson.notices.map(({ code }) => code)).toContain('truncated');
  });

  it('does not follow values nested without end', () => {
    const nested = `${'{"arrayValue":{"values":['.repeat(50_000)}${']}}'.repeat(50_000)}`;
    const set = decodeOtlpJson(encodeUtf8(JSON.stringify(request({ ...SPAN, attributes: [] })).replace('"attributes":[]}', `"attributes":[{"key":"deep","value":${nested}}]}`)));
    expect(set.notices.map(({ code }) => code)).toContain('deepValue');
    expect(set.detail(0).attributes[0].key).toBe('deep');
  });
});

const edgeCases = sharedFile('corpus/edge-cases.json');
(edgeCases ? describe : describe.skip)(`awkward traces (${edgeCases ? 'found' : 'skipped: ../shared is not there'})`, () => {
  const WARNINGS: Record<string, Record<string, number>> = {
    'missing-parent': { missingParent: 1, noRoot: 1 }, 'multiple-roots': { severalRoots: 2 }, 'clock-skew': { clockSkew: 1 },
    'negative-duration': { negativeDuration: 1 }, 'negative-duration-root': { negativeDuration: 1 }, 'shared-span-id': { sharedId: 1 },
    'same-span-twice': { identicalCopies: 1 }, 'parent-cycle': { cycle: 2, severalRoots: 2 }, 'unset-end': { unknownDuration: 2 },
    'empty-service-name': { unknownService: 1 }, 'no-service-name': { unknownService: 1 }, 'no-resource': { unknownService: 1 },
  };
  const cases = edgeCases === undefined ? [] : readEdgeCases(edgeCases);
  it.each(cases.map((edgeCase) => [edgeCase.name, edgeCase] as const))('%s', (name, { requests }) => {
    const set = decodeOtlpJson(requests.map(json));
    expect(set.notices).toEqual([]);
    expect(Object.fromEntries(set.warnings(0).map(({ code, count }) => [code, count]))).toEqual(WARNINGS[name] ?? {});
    expect(contentOf(decodeOtlpProtobuf(encodeOtlpProtobuf(set)))).toEqual(contentOf(set));
  });
});

const golden = sharedFile('golden/tempo-2.7.1/cases.jsonl');
(golden ? it : it.skip)('reads every trace a real Tempo answered, in JSON and protobuf', () => {
  interface Case {
    readonly group: string;
    readonly request: { readonly path: string; readonly headers?: { readonly accept?: string } };
    readonly response: { readonly status: number; readonly json?: unknown; readonly base64?: string };
  }
  const cases = fs.readFileSync(golden ?? '', 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case);
  const byPath = new Map<string, unknown>();
  let compared = 0;
  for (const { group, request: { path }, response } of cases) {
    if (!group.startsWith('trace-v') || response.status !== 200 || (response.json === undefined && response.base64 === undefined)) {
      continue;
    }
    const set = response.base64 === undefined ? decodeOtlpJson(json(response.json)) : decodeOtlpProtobuf(Uint8Array.from(Buffer.from(response.base64, 'base64')));
    expect(set.notices).toEqual([]);
    const content = contentOf(set).map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).sort();
    if (byPath.has(path) && response.base64 !== undefined) {
      expect(content).toEqual(byPath.get(path));
      compared++;
    }
    byPath.set(path, content);
  }
  expect(compared).toBeGreaterThan(2);
});
