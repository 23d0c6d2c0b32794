/** Dashboards from a folder of JSON files, read on every request so that an edit shows after a reload. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HttpError } from './responses';

export interface StoredDashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly slug: string;
  /** `/d/<uid>/<slug>` */
  readonly url: string;
  readonly model: Readonly<Record<string, unknown>>;
  /** Why the file is no dashboard; it is listed all the same, so that it is missed. */
  readonly problem?: string;
}

/** All dashboards by title. A file that cannot be read does not keep the others, or a page of the app, from being shown. */
export function readDashboards(dashboardsDir: string): readonly StoredDashboard[] {
  if (!existsSync(dashboardsDir)) {
    return [];
  }
  return readdirSync(dashboardsDir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readDashboard(path.join(dashboardsDir, file)))
    .sort((a, b) => a.title.localeCompare(b.title));
}

/**
 * Whether one of the dashboard's data source variables, if it has any, finds a data source here. A dashboard that asks for
 * Prometheus alone has nothing to show where there is none; it opens by its address, but nobody is led to it.
 */
export function hasItsSources({ model }: StoredDashboard, dataSourceTypes: ReadonlySet<string>): boolean {
  const templating = model.templating as { list?: unknown } | undefined;
  const variables: unknown[] = Array.isArray(templating?.list) ? templating.list : [];
  const wanted = variables.flatMap((variable) => {
    const { type, query } = (variable ?? {}) as { type?: unknown; query?: unknown };
    return type === 'datasource' && typeof query === 'string' ? [query] : [];
  });
  return wanted.length === 0 || wanted.some((type) => dataSourceTypes.has(type));
}

/** Hits of `/api/search`, filtered by `query`, `tag` and `dashboardUIDs` as far as the shell needs it. */
export function searchDashboards(dashboards: readonly StoredDashboard[], query: URLSearchParams): unknown[] {
  const types = query.getAll('type');
  if (types.length > 0 && !types.includes('dash-db')) {
    return [];
  }
  const words = (query.get('query') ?? '').toLowerCase();
  const tags = query.getAll('tag');
  const uids = query.getAll('dashboardUIDs');
  return dashboards
    .filter((dashboard) => dashboard.title.toLowerCase().includes(words))
    .filter((dashboard) => tags.every((tag) => dashboard.tags.includes(tag)))
    .filter((dashboard) => uids.length === 0 || uids.includes(dashboard.uid))
    .map(({ uid, title, tags, slug, url }, index) => ({
      id: index + 1, uid, title, uri: `db/${slug}`, url, slug: '', type: 'dash-db', tags, isStarred: false, sortMeta: 0,
    }));
}

/**
 * Body of `/api/dashboards/uid/:uid`.
 * @throws HttpError 404 in Grafana's words, 500 naming the file when it is not a dashboard
 */
export function dashboardWithMeta(dashboards: readonly StoredDashboard[], uid: string): unknown {
  const found = dashboards.find((dashboard) => dashboard.uid === uid);
  if (!found) {
    throw new HttpError(404, 'Dashboard not found', 'dashboard.notFound');
  }
  const { slug, url, model, problem } = found;
  if (problem) {
    throw new HttpError(500, problem);
  }
  const meta = {
    type: 'db', slug, url, version: 1, provisioned: true, folderUid: '', folderTitle: 'Dashboards',
    canSave: false, canEdit: false, canAdmin: false, canStar: false, canDelete: false, isStarred: false,
  };
  return { meta, dashboard: { ...model, uid } };
}

function readDashboard(file: string): StoredDashboard {
  const { model, problem } = readModel(file);
  const name = path.basename(file, '.json');
  const title = typeof model.title === 'string' && model.title ? model.title : name;
  const uid = typeof model.uid === 'string' && model.uid ? model.uid : name;
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const tags = Array.isArray(model.tags) ? model.tags.map(String) : [];
  return { uid, title, tags, slug, url: `/d/${encodeURIComponent(uid)}/${slug}`, model, problem };
}

function readModel(file: string): Pick<StoredDashboard, 'model' | 'problem'> {
  const name = path.basename(file);
  try {
    const model: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof model === 'object' && model !== null && !Array.isArray(model)) {
      return { model: model as Record<string, unknown> };
    }
    return { model: {}, problem: `The dashboard ${name} is not a JSON object` };
  } catch (error) {
    return { model: {}, problem: `The dashboard ${name} cannot be read: ${String(error)}` };
  }
}
