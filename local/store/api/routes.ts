/** Which answer belongs to which path of Tempo's HTTP API. */
import type { Engine } from '../engine/engine';
import type { ApiRequest, ApiResponse } from '../engine/messages';
import { QueryCancelledError, QueryTimeError } from '../database/database-error';
import { isTenantName, SINGLE_TENANT } from '../engine/tenants';
import { TraceQlError } from '../traceql/lexer';
import { OperandError } from '../traceql/refuse-operand';
import { ApiError } from './api-error';
import { type Call, json } from './call';
import { Parameters } from './parameters';
import { searchAnswer } from './search';
import { compatibilityOf } from './compatibility';
import { metricsInstantAnswer, metricsRangeAnswer } from './metrics';
import { metricsSummaryAnswer } from './metrics-summary';
import { metricsText } from './self-metrics';
import { buildInfo } from './build-info';
import { tagNames, tagNamesV2 } from './tags';
import { tagValues, tagValuesV2 } from './tag-values';
import { traceAnswer } from './trace';

type Handler = (call: Call, match: readonly string[]) => Promise<ApiResponse> | ApiResponse;

const ROUTES: ReadonlyArray<readonly [RegExp, Handler]> = [
  [/^\/api\/traces\/([^/]+)$/, (call, [, id]) => traceAnswer(call, id, 1)],
  [/^\/api\/v2\/traces\/([^/]+)$/, (call, [, id]) => traceAnswer(call, id, 2)],
  [/^\/api\/search$/, searchAnswer],
  [/^\/api\/metrics\/query_range$/, metricsRangeAnswer],
  [/^\/api\/metrics\/query$/, metricsInstantAnswer],
  [/^\/api\/metrics\/summary$/, metricsSummaryAnswer],
  [/^\/api\/search\/tags$/, tagNames],
  [/^\/api\/v2\/search\/tags$/, tagNamesV2],
  [/^\/api\/search\/tag\/(.+)\/values$/, (call, [, tag]) => tagValues(call, tag)],
  [/^\/api\/v2\/search\/tag\/(.+)\/values$/, (call, [, tag]) => tagValuesV2(call, tag)],
];

/** Below it lie the names of tags. */
const TAG_PATH = /^\/api(\/v2)?\/search\/tag\//;
const BUILD_INFO = '/api/status/buildinfo';

/** Answers that need no tenant. */
const OPEN_ROUTES: ReadonlyArray<readonly [RegExp, (engine: Engine) => ApiResponse]> = [
  [/^\/ready$/, () => text(200, 'ready\n')],
  [/^\/api\/echo$/, () => text(200, 'echo')],
  [new RegExp(`^${BUILD_INFO}$`), (engine) => json(buildInfo(compatibilityOf(engine.options.tempoVersion).version))],
  [/^\/metrics$/, (engine) => ({ status: 200, contentType: 'text/plain; version=0.0.4; charset=utf-8', body: metricsText(engine) })],
  [/^\/status\/version$/, (engine) => text(200, `veza-store, answers as Tempo ${engine.options.tempoVersion}\n`)],
  [/^\/status\/services$/, () => text(200, 'store: Running\n')],
];

function text(status: number, body: string): ApiResponse {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

function notFound(): ApiResponse {
  return text(404, '404 page not found\n');
}

/** @param signal says that the client went away */
export async function handleApi(engine: Engine, request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> {
  const { path, method } = request;
  const open = OPEN_ROUTES.find(([pattern]) => pattern.test(path));
  const route = ROUTES.find(([pattern]) => pattern.test(path));
  if (path.includes('//')) {
    return { status: 301, contentType: '', body: '', location: path.replace(/\/{2,}/g, '/') };
  }
  if (!open && !route) {
    return notFound();
  }
  // As in Tempo, the method makes no difference elsewhere: parameters are read from the URL.
  if (path === BUILD_INFO && method !== 'GET') {
    return { status: 405, contentType: '', body: '' };
  }
  if (open) {
    return open[1](engine);
  }
  try {
    const compatibility = compatibilityOf(engine.options.tempoVersion);
    const segments = (route?.[0].exec(path) ?? []).map(decodedSegment);
    const hasSlash = segments.some((segment, i) => i > 0 && segment.includes('/'));
    if (!route || (hasSlash && !(compatibility.hasSlashInTags && TAG_PATH.test(path)))) {
      return notFound();
    }
    const call: Call = { engine, reads: engine.database.reads(signal), signal, request, parameters: new Parameters(request.query, compatibility), compatibility, tenants: tenantsOf(engine, request.orgId) };
    return await route[1](call, segments);
  } catch (error) {
    if (error instanceof ApiError) {
      return text(error.status, error.message);
    }
    if (error instanceof QueryCancelledError) {
      // Nobody reads it; the number is the one that proxies log.
      return text(499, 'the client went away');
    }
    if (error instanceof QueryTimeError) {
      return text(504, error.message);
    }
    if (error instanceof OperandError) {
      // As in Tempo, which finds out when it reads.
      return text(500, error.message);
    }
    if (error instanceof TraceQlError) {
      return text(400, `invalid TraceQL query: ${error.message}`);
    }
    throw error;
  }
}

/** @throws ApiError 400 for what is not percent-encoded UTF-8 */
function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, `the path has ${JSON.stringify(segment.slice(0, 100))}, which is not UTF-8 in percent-encoding`);
  }
}

/** @throws ApiError 401 where a tenant is needed and not named */
function tenantsOf(engine: Engine, orgId: string | undefined): number[] {
  const names = engine.options.multitenant ? (orgId ?? '').split('|').filter(Boolean) : [SINGLE_TENANT];
  if (names.length === 0) {
    throw new ApiError(401, 'no org id');
  }
  const invalid = names.find((name) => !isTenantName(name));
  if (invalid !== undefined) {
    throw new ApiError(400, `invalid org id ${JSON.stringify(invalid.slice(0, 150))}`);
  }
  return [...new Set(names)].flatMap((name) => engine.ingester.tenants.find(name) ?? []);
}
