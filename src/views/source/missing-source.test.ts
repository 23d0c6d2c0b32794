import { missingSource } from './missing-source';

const SOURCES: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  prom: { name: 'Metrics', type: 'prometheus' },
  veza: { name: 'Our traces', type: 'veza-traces-datasource' },
};
jest.mock('@grafana/runtime', () => ({ getDataSourceSrv: () => ({ getInstanceSettings: (uid: string) => SOURCES[uid] }) }));

it.each([
  ['files', 'Open the files again', /gone when the page is loaded again/],
  ['gone', 'Data source not found', /uid "gone" does not exist/],
  ['prom', 'No traces in this data source', /"Metrics" \(prometheus\) holds no traces: choose/],
  ['veza', 'Data source incomplete', /"Our traces" stands on a data source that does not exist/],
  ['', 'No trace data source', /add a data source/],
])('says of the source "%s" what to do', (uid, title, advice) => {
  expect(missingSource(uid)).toEqual({ title, advice: expect.stringMatching(advice) });
});
