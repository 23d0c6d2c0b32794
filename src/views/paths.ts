import { config } from '@grafana/runtime';

const APP_PATH = '/a/veza-traces-app';

type Query = Readonly<Record<string, string | undefined>>;

/** Address of a trace's page, for links; `sourceUid` undefined means the default data source. */
export const tracePath = (traceId: string, sourceUid: string | undefined, spanId?: string): string =>
  pagePath(`trace/${encodeURIComponent(traceId)}`, { source: sourceUid, span: spanId });

/** Two traces side by side; the second is chosen there where it is undefined. */
export const comparePath = (traceId: string, otherTraceId: string | undefined, sourceUid: string | undefined): string =>
  pagePath('compare', { source: sourceUid, a: traceId, b: otherTraceId });

/** A search for traces, see views/search for what it takes. */
export const searchPath = (query: Query): string => pagePath('trace', query);

/** A page of the app; what is undefined or empty is left out of the address. */
function pagePath(page: string, query: Query): string {
  const params = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const text = params.toString();
  return `${config.appSubUrl}${APP_PATH}/${page}${text === '' ? '' : `?${text}`}`;
}

/** What of a map its page is opened with; see map-state-params for the rest. */
export interface ServiceMapAddress {
  readonly sourceUid: string | undefined;
  /** Epoch milliseconds or relative. */
  readonly from: string;
  readonly to: string;
  readonly find: string;
  readonly hide: string;
}

/** Address of the service map's page. */
export function serviceMapPath({ sourceUid, ...texts }: ServiceMapAddress): string {
  const params = new URLSearchParams(Object.entries({ source: sourceUid ?? '', ...texts }).filter(([, text]) => text !== ''));
  return `${config.appSubUrl}${APP_PATH}/service-map?${params}`;
}
