import { config } from '@grafana/runtime';

const APP_PATH = '/a/veza-traces-app';

/** Address of a trace's page, for links; `sourceUid` undefined means the default data source. */
export function tracePath(traceId: string, sourceUid: string | undefined): string {
  return `${config.appSubUrl}${APP_PATH}/trace/${encodeURIComponent(traceId)}${sourceUid ? `?source=${encodeURIComponent(sourceUid)}` : ''}`;
}
