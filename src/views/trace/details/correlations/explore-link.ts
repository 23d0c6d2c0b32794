import { urlUtil } from '@grafana/data';
import { config } from '@grafana/runtime';

export interface ExploreTarget {
  readonly datasource: { readonly uid: string; readonly type: string };
  readonly query: Readonly<Record<string, unknown>>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why there is no Explore for this visitor; undefined where there is. */
export function exploreRefusal(): string | undefined {
  if (!config.exploreEnabled) {
    return 'Explore is not enabled here';
  }
  return config.bootData.user.permissions?.['datasources:explore'] ? undefined : 'your role may not open Explore';
}

/** Explore with one query and its time range. */
export function exploreHref({ datasource, query, fromMs, toMs }: ExploreTarget): string {
  const pane = {
    datasource: datasource.uid,
    queries: [{ refId: 'A', datasource: { uid: datasource.uid, type: datasource.type }, ...query }],
    range: { from: String(fromMs), to: String(toMs) },
  };
  return urlUtil.renderUrl(`${config.appSubUrl}/explore`, { schemaVersion: 1, orgId: config.bootData.user.orgId, panes: JSON.stringify({ a: pane }) });
}
