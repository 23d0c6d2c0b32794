/** @jest-environment jsdom */
import { LoadingState, type DataQueryRequest, type DataQueryResponse, type DataSourceApi } from '@grafana/data';
import { NEVER, of, throwError, type Observable } from 'rxjs';
import { dataSourceFrames } from './data-source-frames';

// The tests give the data source themselves.
jest.mock('@grafana/runtime', () => ({}));

const range = { fromMs: 1000, toMs: 2000 };
const frame = { fields: [], length: 0 };

type Query = (request: DataQueryRequest) => Promise<DataQueryResponse> | Observable<DataQueryResponse>;
const ask = (query: Query, timeoutMs?: number) => dataSourceFrames('u', 'X', async () => ({ query }) as unknown as DataSourceApi, timeoutMs);

describe('dataSourceFrames', () => {
  it('asks with the range and the query, and takes the last answer', async () => {
    let request: DataQueryRequest | undefined;
    const frames = await ask((asked) => {
      request = asked;
      return of({ data: [], state: LoadingState.Loading }, { data: [frame] });
    })({ query: 'ab' }, range, undefined);
    expect(frames).toEqual([frame]);
    expect(request).toMatchObject({ targets: [{ refId: 'A', query: 'ab', datasource: { uid: 'u' } }] });
    expect([request?.range.from.valueOf(), request?.range.to.valueOf()]).toEqual([1000, 2000]);
  });

  it('takes promises too', async () => expect(await ask(async () => ({ data: [frame] }))({}, range, undefined)).toEqual([frame]));

  it.each<[string, Query, string, string]>([
    ['an error in the answer', () => of({ data: [], error: { message: 'denied', status: 403 } }), 'http', 'denied'],
    ['several of them', () => of({ data: [], errors: [{ data: { message: 'quota' } }] }), 'http', 'quota'],
    ['a rejection', () => throwError(() => ({ status: 502, data: { message: 'bad gateway' } })), 'unreachable', 'bad gateway'],
    ['a throw', () => { throw new Error('plugin is broken'); }, 'unreachable', 'plugin is broken'],
    ['silence', () => NEVER, 'timeout', 'X did not answer within 0.02 s'],
  ])('%s is a stated error', async (_, query, kind, message) => {
    await expect(ask(query, 20)({}, range, undefined)).rejects.toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  it('is cancelled', async () => {
    const abort = new AbortController();
    const answer = ask(() => NEVER)({}, range, abort.signal);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    await expect(ask(() => NEVER)({}, range, abort.signal)).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('says when the data source is gone', async () => {
    await expect(dataSourceFrames('u', 'X', () => Promise.reject(new Error('not found')))({}, range, undefined)).rejects.toMatchObject({ kind: 'unreachable', message: 'X could not be opened: not found' });
  });
});
