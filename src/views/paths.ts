import { config } from '@grafana/runtime';

const APP_PATH = '/a/veza-traces-app';

/** Address of a trace's page, for links; `sourceUid` undefined means the default data source. */
export function tracePath(traceId: string, sourceUid: string | undefined): string {
  return `${config.appSubUrl}${APP_PATH}/trace/${encodeURIComponent(traceId)}${sourceUid ? `?source=${encodeURIComponent(sourceUid)}` : ''}`;
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
