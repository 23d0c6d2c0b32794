/** Grafana's own way to a data source: its plugin's `query`, wherever that runs. */
import { CoreApp, dateTime, LoadingState, type DataQueryRequest, type DataQueryResponse, type DataSourceApi } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { defer, Subscription, type Observable } from 'rxjs';
import type { TimeRangeMs } from '../backend';
import { BackendError } from '../http/http-client';
import { DEFAULT_POLICY } from '../http/request';
import type { QueryModel } from './frame-queries';
import type { AskFrames } from './frames-backend';

/**
 * Asks the data source with this uid. Nothing is tried again: what its queries do, and cost, is not known here.
 *
 * @param name for messages
 * @param find replaced in tests
 */
export function dataSourceFrames(
  uid: string,
  name: string,
  find: (uid: string) => Promise<Pick<DataSourceApi, 'query'>> = (wanted) => getDataSourceSrv().get(wanted),
  timeoutMs = DEFAULT_POLICY.timeoutMs
): AskFrames {
  return async (query, range, signal) => {
    const dataSource = await find(uid).catch((cause: unknown) => {
      throw new BackendError('unreachable', `${name} could not be opened: ${messageOf(cause)}`, { cause });
    });
    return lastFrames(
      defer(() => dataSource.query(requestOf(uid, query, range))),
      name,
      signal,
      timeoutMs
    );
  };
}

let requestCount = 0;

function requestOf(uid: string, query: QueryModel, { fromMs, toMs }: TimeRangeMs): DataQueryRequest {
  const [start, end] = [dateTime(fromMs), dateTime(toMs)];
  return {
    app: CoreApp.Unknown,
    requestId: `veza-frames-${requestCount++}`,
    interval: '1m',
    intervalMs: 60_000,
    maxDataPoints: 1000,
    range: { from: start, to: end, raw: { from: start, to: end } },
    scopedVars: {},
    targets: [{ ...query, refId: 'A', datasource: { uid } }],
    timezone: 'browser',
    startTime: fromMs,
  };
}

/** The last answer's frames: data sources that stream give more of them as they go. */
function lastFrames(answers: Observable<DataQueryResponse>, name: string, signal: AbortSignal | undefined, timeoutMs: number): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    let frames: readonly unknown[] = [];
    const subscription = new Subscription();
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      subscription.unsubscribe();
      settle();
    };
    const fail = (error: BackendError) => end(() => reject(error));
    const onAbort = () => fail(new BackendError('aborted', `The query to ${name} was cancelled`));
    const timer = setTimeout(() => fail(new BackendError('timeout', `${name} did not answer within ${timeoutMs / 1000} s`)), timeoutMs);
    const observer = {
      next: ({ data, error, errors = [], state }: DataQueryResponse) => {
        const failure = error ?? errors[0];
        if (failure) {
          fail(new BackendError('http', `${name} answered with an error: ${failure.message ?? failure.data?.message ?? failure.statusText ?? 'it does not say which'}`, { status: failure.status }));
          return;
        }
        frames = data;
        if (state === LoadingState.Done) {
          end(() => resolve(frames));
        }
      },
      error: (cause: unknown) => fail(new BackendError('unreachable', `${name} could not be asked: ${messageOf(cause)}`, { cause })),
      complete: () => end(() => resolve(frames)),
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) {
      onAbort();
    } else {
      subscription.add(answers.subscribe(observer));
    }
  });
}

/** Grafana rejects with objects that have the server's answer in `data`. */
function messageOf(cause: unknown): string {
  if (cause instanceof Error) {
    return cause.message;
  }
  const { message, data, statusText } = (typeof cause === 'object' && cause !== null ? cause : {}) as { message?: unknown; data?: { message?: unknown }; statusText?: unknown };
  const said = [data?.message, message, statusText].find((text) => typeof text === 'string' && text !== '');
  return typeof said === 'string' ? said : String(cause);
}
