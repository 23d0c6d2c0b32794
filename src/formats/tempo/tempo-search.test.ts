import fs from 'node:fs';
import { decodeTempoSearch, FormatError } from '../index';
import { sharedFile } from '../testing/shared-folder';

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const int = (key: string, value: number) => ({ key, value: { intValue: String(value) } });
const span = (spanID: string, left: number, parent: number, service: string, kind: string) => ({
  spanID, name: `op ${spanID}`, startTimeUnixNano: String(1795334400000000000n + BigInt(left)), durationNanos: '5000000',
  attributes: [text('service.name', service), text('kind', kind), text('status', 'error'), int('nestedSetLeft', left), int('nestedSetParent', parent), text('db.system', 'nil'), text('peer.service', 'x')],
});
const ANSWER = {
  traces: [
    {
      traceID: '281c155f9361466ad0d621b299b4e49', rootServiceName: 'web', rootTraceName: 'GET', startTimeUnixNano: '1795334400000000001', durationMs: 5,
      spanSets: [{ matched: 3, spans: [span('a1', 1, -1, 'web', 'client'), span('a3', 3, 2, 'db', 'client'), span('a2', 2, 1, 'api', 'server')] }],
    },
    { traceID: '02', rootServiceName: '<root span not yet received>', startTimeUnixNano: '1', spanSet: { matched: 7, spans: [span('b9', 9, 4, 'api', 'server')] } },
    { traceID: '03', startTimeUnixNano: '5' },
  ],
  metrics: {},
};

it('turns nested-set numbers into parents', () => {
  const { set, traces } = decodeTempoSearch(JSON.stringify(ANSWER));
  expect(traces[0]).toMatchObject({ traceId: '0281c155f9361466ad0d621b299b4e49', index: 0, matched: 3, returned: 3, complete: true, durationMs: 5 });
  expect([...set.columns.parent]).toEqual([-1, 0, 1, -1]);
  expect([set.service(1), set.operation(1), set.kind(1), set.status(1), set.spanId(1)]).toEqual(['api', 'op a2', 'server', 'error', '00000000000000a2']);
  expect(set.detail(0).attributes).toEqual([{ key: 'peer.service', value: { kind: 'string', value: 'x' } }]);
});

it('says what is incomplete, and counts a parent that is not there as missing', () => {
  const { set, traces } = decodeTempoSearch(JSON.stringify(ANSWER));
  expect(traces[1]).toMatchObject({ complete: false, matched: 7, returned: 1, rootServiceName: undefined, index: 1 });
  expect(set.warnings(1).map(({ code }) => code)).toContain('missingParent');
  expect(traces[2]).toMatchObject({ index: undefined, returned: 0 });
});

it('takes an absurd duration for unknown', () => {
  const answer = { traces: [{ traceID: '01', spanSets: [{ matched: 1, spans: [{ ...span('a', 1, -1, 's', 'server'), durationNanos: '18446744073709501616' }] }] }] };
  expect(decodeTempoSearch(JSON.stringify(answer)).set.warnings(0).map(({ code }) => code)).toEqual(['unknownDuration']);
});

it('reads the link of a span, and says of which spans it is known', () => {
  const withLink = (spanID: string, left: number, parent: number, traceId: string, spanId: string) => {
    const linked = span(spanID, left, parent, 'worker', 'consumer');
    return { ...linked, attributes: [...linked.attributes, int('nestedSetRight', left + 1), text('link:traceID', traceId), text('link:spanID', spanId)] };
  };
  const spans = [withLink('c1', 1, -1, 'ab', 'cd'), withLink('c3', 3, -1, '', '0000000000000000'), span('c5', 5, -1, 'worker', 'consumer')];
  const answer = (found: unknown[]) => decodeTempoSearch(JSON.stringify({ traces: [{ traceID: '01', spanSets: [{ matched: found.length, spans: found }] }] }));
  const { set, traces } = answer(spans);
  expect([...traces[0].linksKnown]).toEqual(['00000000000000c1', '00000000000000c3']);
  const links = Array.from({ length: set.spanCount }, (_, row) => set.detail(row).links.map(({ traceId, spanId }) => [Number(`0x${traceId}`), Number(`0x${spanId}`)]));
  expect(links.filter(({ length }) => length > 0)).toEqual([[[0xab, 0xcd]]]);
  expect(set.detail(0).attributes.map(({ key }) => key)).not.toContain('link:traceID');
  // The first two roots are numbered 1 to 4, in one walk; the third came without its right number.
  expect([answer(spans.slice(0, 2)), answer(spans)].map((read) => read.traces[0].isNumberedWhole)).toEqual([true, false]);
});

it('counts spans and errors as serviceStats has them, and none where it is absent', () => {
  const serviceStats = { web: { spanCount: 4 }, api: { spanCount: 3, errorCount: 2 }, ['__proto__']: { spanCount: 'many' } };
  const { traces } = decodeTempoSearch(JSON.stringify({ traces: [{ traceID: '01', serviceStats }, { traceID: '02', serviceStats: {} }, { traceID: '03' }] }));
  expect(traces.map(({ spanCount, errorCount }) => [spanCount, errorCount])).toEqual([[7, 2], [undefined, undefined], [undefined, undefined]]);
});

it('says what is no search answer', () => {
  expect(() => decodeTempoSearch('[]')).toThrow(FormatError);
  expect(() => decodeTempoSearch('{"traces":5}')).toThrow('expected a list of traces');
  expect(decodeTempoSearch('{"metrics":{}}').traces).toEqual([]);
});

const golden = sharedFile('golden/tempo-3.0.3/cases.jsonl');
(golden ? it : it.skip)('reads every search answer of a real Tempo', () => {
  let spans = 0;
  for (const line of fs.readFileSync(golden ?? '', 'utf8').trim().split('\n')) {
    const { group, response } = JSON.parse(line) as { group: string; response: { status: number; json?: unknown } };
    if (group.startsWith('search') && response.status === 200 && response.json !== undefined) {
      spans += decodeTempoSearch(JSON.stringify(response.json)).set.spanCount;
    }
  }
  expect(spans).toBeGreaterThan(1000);
});
