/** @jest-environment jsdom */
import type * as util from 'node:util';
import { dateTime, type AdHocVariableFilter, type DataFrame, type DataQueryRequest, type DataQueryResponse, type DataSourceInstanceSettings } from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import { decodeOtlpProtobuf } from '../formats';
import { messageOf, randomSpans } from '../formats/testing/random-spans';
import type { Backend } from '../backends/backend';
import { FileBackend, timeRangeOf } from '../backends/files/file-backend';
import { VezaDataSource } from './datasource';
import { ERROR_ANNOTATIONS } from './error-annotations';
import type { VezaQuery, VezaQueryType } from './query';

// jsdom has no text encoding, which the formats need when they are loaded.
jest.mock('@grafana/data', () => {
  const { TextEncoder, TextDecoder } = jest.requireActual<typeof util>('node:util');
  Object.assign(globalThis, { TextEncoder, TextDecoder });
  return jest.requireActual<object>('@grafana/data');
});
// The real package brings all of @grafana/ui along, which wants a browser.
jest.mock('@grafana/runtime', () => ({ getTemplateSrv: () => ({ replace: (text: string) => text.replace('$service', mockService()).replace('$nothing', '') }) }));
jest.mock('./open-source', () => ({ openSource: () => mockBackend }));

const set = decodeOtlpProtobuf(messageOf(randomSpans(11, 200, { sane: true })));
const { fromMs, toMs } = timeRangeOf(set);
const [from, to] = [dateTime(fromMs), dateTime(toMs)];
const range = { from, to, raw: { from, to } };
let mockBackend: Backend;
const mockService = () => set.columns.services[0];

beforeEach(() => {
  mockBackend = new FileBackend('file', set);
});

const dataSource = () => new VezaDataSource({ name: 'Veza', uid: 'v', jsonData: {} } as DataSourceInstanceSettings<object>);

function ask(targets: Array<Omit<VezaQuery, 'refId'>>, filters: AdHocVariableFilter[] = []): Promise<DataQueryResponse> {
  const request = { range, scopedVars: {}, intervalMs: 1000, filters, targets: targets.map((target, at) => ({ ...target, refId: `Q${at}` })) };
  return lastValueFrom(dataSource().query(request as unknown as DataQueryRequest<VezaQuery>));
}

const framesOf = async (target: Omit<VezaQuery, 'refId'>): Promise<DataFrame[]> => (await ask([target])).data as DataFrame[];
const column = (frame: DataFrame, name: string): unknown[] => frame.fields.find((field) => field.name === name)?.values ?? [];

describe('the frames of each query', () => {
  it.each<VezaQueryType>(['search', 'serviceMap', 'trace', 'operations', 'latency', 'compare'])('%s: columns of one length, with their refId', async (queryType) => {
    const frames = await framesOf({ queryType, traceId: set.traceId(0) });
    expect(frames.length).toBeGreaterThan(0);
    for (const { fields, length, refId } of frames) {
      expect(refId).toBe('Q0');
      expect(fields.map(({ values }) => values.length)).toEqual(fields.map(() => length));
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    }
  });

  it.each<[string, object, RegExp]>([
    ['query type', { queryType: 'flame' }, /query type "flame" is not known/],
    ['earlier window', { queryType: 'serviceMap', against: 'year' }, /compared with "year": expected one of previous, day, week/],
  ])('say which %s of a stored query is not known', async (_, target, message) => {
    await expect(ask([target])).rejects.toThrow(message);
  });

  it('a trace: what the core panel reads of each span, parents among them', async () => {
    const [frame] = await framesOf({ queryType: 'trace', traceId: set.traceId(0) });
    expect(frame.meta?.preferredVisualisationType).toBe('trace');
    for (const name of ['traceID', 'spanID', 'parentSpanID', 'operationName', 'serviceName', 'startTime', 'duration', 'tags', 'serviceTags', 'logs']) {
      expect(column(frame, name)).toHaveLength(frame.length);
    }
    expect(frame.meta?.custom?.trace).toMatchObject({ columns: set.columns });
    expect(JSON.stringify(frame.meta)).not.toContain('columns');
  });

  it('a trace whose variable is empty: no error, but what to do', async () => {
    const [frame] = await framesOf({ queryType: 'trace', traceId: '$nothing' });
    expect([frame.length, frame.meta?.notices]).toEqual([0, [{ severity: 'info', text: expect.stringMatching(/No trace chosen: \$nothing is empty\. Set this variable/) }]]);
    expect(frame.fields.map(({ name }) => name)).toContain('spanID');
  });

  it.each([
    ['xyz', /"xyz" is no trace id: expected up to 32 hexadecimal digits/],
    ['${other}', /is no trace id: there is no variable \$\{other\} here/],
    ['abc', /0abc is not in file/],
  ])('the trace id %s is a stated error', async (traceId, message) => {
    await expect(ask([{ queryType: 'trace', traceId }])).rejects.toThrow(message);
  });

  it('a service map: unique ids, no edge without its ends', async () => {
    const [nodes, edges] = await framesOf({ queryType: 'serviceMap' });
    expect([nodes.name, edges.name, nodes.meta?.preferredVisualisationType]).toEqual(['nodes', 'edges', 'nodeGraph']);
    const ids = new Set(column(nodes, 'id'));
    expect(ids.size).toBe(nodes.length);
    expect([...column(edges, 'source'), ...column(edges, 'target')].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('time series and points: times rise, units are named', async () => {
    const series = await framesOf({ queryType: 'operations' });
    const [points] = await framesOf({ queryType: 'latency' });
    for (const frame of [...series, points]) {
      const times = column(frame, 'Time') as number[];
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    expect(series[0].fields.map(({ config }) => config.unit)).toEqual([undefined, 'reqps', 'reqps', 'ms']);
    expect(points.length).toBeGreaterThan(0);
  });

  it('a search: newest first, within the limit, and says so', async () => {
    const [frame] = await framesOf({ queryType: 'search', limit: 1 });
    expect([frame.length, frame.meta?.notices?.length]).toEqual([1, set.traceCount > 1 ? 1 : 0]);
  });

  it.each(['search', 'latency'] as const)('%s: a trace id leads to its page', async (queryType) => {
    const [frame] = await framesOf({ queryType });
    const links = frame.fields.find(({ name }) => name === 'Trace ID')?.config.links;
    expect(links?.map(({ url }) => url)).toEqual(['/a/veza-traces-app/trace/${__value.raw}?source=v']);
  });

  it('variables and ad-hoc filters are part of what is asked', async () => {
    const wanted = (await framesOf({ queryType: 'search', filter: { service: set.columns.services[0] }, limit: 500 }))[0];
    expect((await framesOf({ queryType: 'search', filter: { service: '$service' }, limit: 500 }))[0].length).toBe(wanted.length);
    const { data } = await ask([{ queryType: 'search' }], [{ key: 'span.no-such', operator: '=', value: 'x' }]);
    expect((data[0] as DataFrame).length).toBe(0);
  });
});

describe('VezaDataSource', () => {
  it('leaves the others their frames when one query fails', async () => {
    const { data, errors } = await ask([{ queryType: 'search' }, { queryType: 'trace', traceId: 'no id' }]);
    expect(data).toHaveLength(1);
    expect(errors).toMatchObject([{ refId: 'Q1', message: expect.stringContaining('no trace id') }]);
  });

  it('fails when all of them do', async () => {
    await expect(ask([{ queryType: 'search', filter: { minDuration: 'soon' } }])).rejects.toMatchObject({ message: expect.stringContaining('"soon" is no duration') });
  });

  it('is cancelled with its panel', () => {
    let signal: AbortSignal | undefined;
    mockBackend.search = (_, options) => {
      signal = options?.signal;
      return new Promise(() => undefined);
    };
    const request = { range, scopedVars: {}, targets: [{ refId: 'A', queryType: 'search' }] };
    dataSource().query(request as unknown as DataQueryRequest<VezaQuery>).subscribe().unsubscribe();
    expect(signal?.aborted).toBe(true);
  });

  it('answers template variables and ad-hoc filters', async () => {
    const texts = async (query: string) => (await dataSource().metricFindQuery(query)).map(({ text }) => text);
    expect(await texts('services()')).toEqual([...set.columns.services].sort());
    expect((await texts('operations()')).length).toBeGreaterThan(0);
    const keys = await texts('tag_keys()');
    expect(keys.every((key) => /^(span|resource)\./.test(key))).toBe(true);
    expect((await texts(`tag_values(${keys[0]})`)).length).toBeGreaterThan(0);
    await expect(texts('services')).rejects.toThrow(/expected services\(\)/);
    expect(await dataSource().getTagKeys()).toEqual(keys.map((text) => ({ text, value: text })));
  });

  it('checks its health by asking', async () => {
    expect(await dataSource().testDatasource()).toMatchObject({ status: 'success', message: expect.stringContaining('traces') });
    mockBackend.probe = () => Promise.reject(new Error('refused'));
    expect(await dataSource().testDatasource()).toEqual({ status: 'error', message: 'refused' });
  });

  it('annotates with failed traces, one event a trace', async () => {
    const target = ERROR_ANNOTATIONS.prepareQuery?.({ name: 'errors', enable: true, iconColor: 'red' });
    const [frame] = await framesOf(target as Omit<VezaQuery, 'refId'>);
    const events = await lastValueFrom(ERROR_ANNOTATIONS.processEvents!({} as never, [frame]));
    expect(events).toHaveLength(frame.length);
    expect(events?.[0]).toMatchObject({ time: expect.any(Number), title: expect.any(String), text: expect.stringContaining('Trace ') });
  });
});
