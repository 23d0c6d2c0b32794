import { INVALID_SPAN_CONTEXT, isSpanContextValid, type Span, trace } from '@opentelemetry/api';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { recordFailure } from '../telemetry/in-span';
import { HttpError } from './http-error';
import { parseJsonObject, readBody } from './json-body';

export type HttpMethod = 'GET' | 'POST' | 'PUT';

export interface RouteRequest {
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as a JSON object; throws a 400 HttpError where it is none. */
  json(): Readonly<Record<string, unknown>>;
  /** The SERVER span, for attributes that belong to the whole request. */
  readonly span: Span;
}

export interface RouteReply {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: HttpMethod;
  readonly path: string;
  /** The business operation: the name of the SERVER span. Without it the instrumentation's name stays. */
  readonly operation?: string;
  handle(request: RouteRequest): Promise<RouteReply>;
}

/**
 * A JSON server for a fixed set of routes. Every answer names its trace in `x-trace-id`, so that whoever made the request
 * can look it up. Errors are answered as `{error, message}`; only an HttpError's message is shown to the caller.
 */
export function createServer(routes: readonly Route[]): http.Server {
  const byAddress = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  return http.createServer((request, response) => {
    const url = parseTarget(request.url);
    const route = url && byAddress.get(`${request.method} ${url.pathname}`);
    const answered = url && route ? handle(route, url, request) : Promise.resolve(notFound());
    answered.then((reply) => sendReply(response, reply)).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
}

async function handle(route: Route, url: URL, request: IncomingMessage): Promise<RouteReply> {
  const span = trace.getActiveSpan() ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  if (route.operation) {
    span.updateName(route.operation);
  }
  span.setAttribute('http.route', route.path);
  try {
    const body = await readBody(request);
    return await route.handle({ query: url.searchParams, headers: request.headers, body, json: () => parseJsonObject(body), span });
  } catch (error) {
    return failureReply(span, error);
  }
}

/** A caller's mistake (4xx) is noted, but is no failure of this service's span (semantic conventions, "HTTP"). */
function failureReply(span: Span, error: unknown): RouteReply {
  if (error instanceof HttpError && error.status < 500) {
    span.addEvent('request.refused', { 'error.type': error.type });
    return { status: error.status, body: { error: error.type, message: error.message } };
  }
  recordFailure(span, error);
  const { status, type, message } = error instanceof HttpError ? error : new HttpError(500, 'InternalError', 'the request failed');
  return { status, body: { error: type, message } };
}

function notFound(): RouteReply {
  return { status: 404, body: { error: 'NotFound', message: 'no such route' } };
}

function sendReply(response: ServerResponse, { status, body }: RouteReply): void {
  const context = trace.getActiveSpan()?.spanContext();
  if (context && isSpanContextValid(context)) {
    response.setHeader('x-trace-id', context.traceId);
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The request's target, or undefined where it is no valid path (a proxy's absolute form, garbage). */
function parseTarget(target: string | undefined): URL | undefined {
  const base = 'http://service';
  return target?.startsWith('/') && URL.canParse(base + target) ? new URL(base + target) : undefined;
}
