/** @jest-environment jsdom */
import { DataSourceApi, dateTime, LoadingState, type DataQueryRequest, type DataSourceInstanceSettings, type PanelData } from '@grafana/data';
import { delay, lastValueFrom, of, throwError, toArray, type Observable } from 'rxjs';
import type { PanelModel } from './model';
import { runQueries } from './run-queries';

const mockGet = jest.fn();
// The real package brings all of @grafana/ui along, which wants a browser.
jest.mock('@grafana/runtime', () => ({
  getDataSourceSrv: () => ({ get: mockGet }),
  locationService: { getLocation: () => ({ pathname: '/', search: '' }) },
  toDataQueryError: ({ message }: Error) => ({ message }),
}));

/** Remembers what it was asked and answers as told. */
class FakeDataSource extends DataSourceApi {
  readonly requests: DataQueryRequest[] = [];

  constructor(uid: string, private readonly answer: () => Observable<{ data: object[] }>) {
    super({ uid, name: uid, type: 'fake', meta: {} } as DataSourceInstanceSettings);
  }

  query(request: DataQueryRequest) {
    this.requests.push(request);
    return this.answer();
  }

  testDatasource() {
    return Promise.resolve({ status: 'success', message: '' });
  }
}

const frame = (name: string) => ({ name, fields: [{ name: 'value', values: [1, 2] }] });
const sources = {
  good: new FakeDataSource('good', () => of({ data: [frame('good')] })),
  slow: new FakeDataSource('slow', () => of({ data: [frame('slow')] }).pipe(delay(1))),
  bad: new FakeDataSource('bad', () => throwError(() => new Error('refused'))),
};

beforeAll(() => {
  mockGet.mockImplementation(async (ref: { uid: keyof typeof sources }) => sources[ref.uid]);
});
beforeEach(() => Object.values(sources).forEach(({ requests }) => requests.splice(0)));

const from = dateTime(0);
const to = dateTime(600_000);
const context = { dashboardUid: 'd', timeRange: { from, to, raw: { from: 'now-10m', to: 'now' } }, timeZone: 'utc', widthPx: 600 };
const target = (refId: string, uid: string, more = {}) => ({ refId, datasource: { uid }, ...more });
const run = (panel: Partial<PanelModel>): Promise<PanelData[]> =>
  lastValueFrom(runQueries({ id: 7, type: 'table', gridPos: { x: 0, y: 0, w: 1, h: 1 }, ...panel }, context).pipe(toArray()));

test('a panel without queries is done at once', async () => {
  expect(await run({})).toMatchObject([{ state: LoadingState.Done, series: [] }]);
  expect(await run({ targets: [target('A', 'good', { hide: true })] })).toMatchObject([{ state: LoadingState.Done }]);
});

test('the request says what Grafana would', async () => {
  await run({ targets: [target('A', 'good'), target('B', 'good')], maxDataPoints: 60 });
  expect(sources.good.requests).toMatchObject([
    {
      app: 'dashboard', panelId: 7, panelPluginId: 'table', dashboardUID: 'd', timezone: 'utc', maxDataPoints: 60, interval: '10s', intervalMs: 10_000,
      rangeRaw: { from: 'now-10m' }, scopedVars: { __interval: { value: '10s' }, __interval_ms: { value: 10_000 } },
      targets: [{ refId: 'A', datasource: { uid: 'good', type: 'fake' } }, { refId: 'B' }],
    },
  ]);
});

test('queries of several data sources are joined, loading until the last has answered', async () => {
  const states = await run({ targets: [target('A', 'good'), target('B', 'slow')] });
  expect(states[0].state).toBe(LoadingState.Loading);
  expect(states.at(-1)).toMatchObject({ state: LoadingState.Done, series: [{ name: 'good' }, { name: 'slow' }] });
});

test("one data source's error leaves the others' data", async () => {
  const last = (await run({ targets: [target('A', 'good'), target('B', 'bad')] })).at(-1);
  expect(last).toMatchObject({ state: LoadingState.Error, series: [{ name: 'good' }], error: { message: 'refused' } });
});

test('the panel speaks where a query names no data source', async () => {
  await run({ datasource: { uid: 'good' }, targets: [{ refId: 'A' }], interval: '1m' });
  expect(sources.good.requests[0].intervalMs).toBe(60_000);
});

test('a transformation that fails leaves the data and says so', async () => {
  const last = (await run({ targets: [target('A', 'good')], transformations: [{ id: 'no-such-transformation', options: {} }] })).at(-1);
  expect(last).toMatchObject({ state: LoadingState.Error, series: [{ name: 'good' }], errors: [{ message: expect.stringContaining('no-such') }] });
});
