/** Data sources as Grafana's HTTP API shows them, and whether they answer. */
import type { ShellDataSource } from './options';
import { HttpError } from './responses';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  zipkin: 'Zipkin',
  prometheus: 'Prometheus',
};

/** A cheap question that a healthy backend of each type answers. */
const HEALTH_PATHS: Readonly<Record<string, string>> = {
  tempo: '/api/echo',
  jaeger: '/api/services',
  zipkin: '/api/v2/services',
  prometheus: '/api/v1/query?query=1%2B1',
};
const HEALTH_TIMEOUT_MS = 5_000;

/** @throws HttpError 404 in Grafana's words */
export function findDataSource(dataSources: readonly ShellDataSource[], uid: string): ShellDataSource {
  const found = dataSources.find((dataSource) => dataSource.uid === uid);
  if (!found) {
    throw new HttpError(404, 'Data source not found', 'datasources.notFound');
  }
  return found;
}

/** One element of `/api/datasources`, and the body of `/api/datasources/uid/:uid`. */
export function dataSourceDto(dataSource: ShellDataSource, id: number): Record<string, unknown> {
  return {
    id,
    uid: dataSource.uid,
    orgId: 1,
    name: dataSource.name,
    type: dataSource.type,
    typeName: TYPE_NAMES[dataSource.type] ?? dataSource.type,
    typeLogoUrl: '',
    access: 'proxy',
    url: dataSource.url ?? '',
    user: '',
    database: '',
    basicAuth: false,
    isDefault: dataSource.isDefault ?? false,
    jsonData: dataSource.jsonData ?? {},
    secureJsonFields: {},
    version: 1,
    readOnly: true,
  };
}

/**
 * Body of `/api/datasources/uid/:uid/health`.
 * @throws HttpError 404 for a plugin without a backend part, 400 when the backend does not answer
 */
export async function dataSourceHealth(dataSource: ShellDataSource): Promise<{ status: 'OK'; message: string }> {
  const healthPath = HEALTH_PATHS[dataSource.type];
  if (!healthPath || !dataSource.url) {
    throw new HttpError(404, 'Plugin not found', 'plugin.notFound');
  }
  const url = dataSource.url.replace(/\/+$/, '') + healthPath;
  const reply = await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).catch((error: unknown) => {
    throw new HttpError(400, `Cannot reach ${dataSource.name}: ${causeOf(error)}`);
  });
  await reply.body?.cancel();
  if (!reply.ok) {
    throw new HttpError(400, `${dataSource.name} answered ${reply.status} ${reply.statusText}`);
  }
  return { status: 'OK', message: 'Data source is working' };
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
