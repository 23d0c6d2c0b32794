/**
 * `/api/datasources/proxy/uid/:uid/*`: streams a request to the data source's own URL and the answer back,
 * with the liberties Grafana takes (pkg/api/pluginproxy, pkg/util/proxyutil):
 * 401 becomes 400 so that the browser does not think that its own login ended, cookies go neither way,
 * and a sandbox policy keeps a backend's HTML from running on Grafana's origin.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import type { ShellDataSource } from './options';
import { HttpError, sendJson } from './responses';
import { decodeSegment, type Exchange } from './routing';

/** Grafana's default of `[dataproxy] timeout`: how long a backend may take until it starts to answer. */
const FIRST_BYTE_TIMEOUT_MS = 30_000;

/** RFC 9110 §7.6.1: these belong to one connection and are never forwarded. */
const HOP_BY_HOP = [
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection',
  'te', 'trailer', 'transfer-encoding', 'upgrade',
];
const NOT_SENT = new Set([...HOP_BY_HOP, 'host', 'cookie', 'origin', 'referer', 'expect', 'x-ds-authorization']);
const NOT_RETURNED = new Set([...HOP_BY_HOP, 'set-cookie', 'content-security-policy']);

/**
 * The address to ask: below the data source's URL, never beside it.
 * @param rest still percent-encoded path below the data source
 * @throws HttpError 400 for a path that tries to climb out
 */
export function upstreamUrl(dataSource: ShellDataSource, rest: string, query: string): URL {
  if (!dataSource.url) {
    throw new HttpError(400, `Data source ${dataSource.uid} has no URL to proxy to`);
  }
  for (const segment of rest.split('/')) {
    // Decoding may uncover further separators: %2e%2e%2fadmin is three segments in disguise.
    if (decodeSegment(segment).split(/[/\\]/).some((part) => part === '.' || part === '..')) {
      throw new HttpError(400, `Path ${JSON.stringify(rest)} leaves the data source`);
    }
  }
  const base = new URL(dataSource.url);
  const basePath = base.pathname.replace(/\/+$/, '');
  const target = new URL(base);
  target.pathname = `${basePath}/${rest}`;
  target.search = query;
  target.hash = '';
  return target;
}

/** @returns when the answer has been handed over or has failed; never rejects after the request was sent */
export function proxyToDataSource(dataSource: ShellDataSource, exchange: Exchange): void {
  const { request, response } = exchange;
  const target = upstreamUrl(dataSource, exchange.rest, exchange.query);
  const client = target.protocol === 'https:' ? https : http;
  // A connection of its own each time: a kept one may have been closed by the backend just before it is used again.
  const upstream = client.request(target, { method: request.method, headers: sentHeaders(request.headers), agent: false });

  let failure: HttpError | undefined;
  const firstByteTimer = setTimeout(() => {
    failure = new HttpError(504, `${dataSource.name} did not answer within ${FIRST_BYTE_TIMEOUT_MS / 1000} s`);
    upstream.destroy(failure);
  }, FIRST_BYTE_TIMEOUT_MS);

  upstream.on('response', (answer) => {
    clearTimeout(firstByteTimer);
    returnAnswer(answer, response);
  });
  upstream.on('error', (error) => {
    clearTimeout(firstByteTimer);
    returnFailure(response, failure ?? new HttpError(502, unreachable(dataSource, target, error)));
  });
  // A closed tab or an aborted fetch must not leave the backend working.
  response.on('close', () => {
    clearTimeout(firstByteTimer);
    upstream.destroy();
  });
  pipeline(request, upstream, (error) => error && upstream.destroy(error));
}

function returnAnswer(answer: IncomingMessage, response: ServerResponse): void {
  if (answer.statusCode === 401) {
    answer.resume();
    response.writeHead(400, { ...guardHeaders(), 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('Authentication to data source failed');
    return;
  }
  const headers = Object.entries(answer.headers).filter(([name]) => !NOT_RETURNED.has(name));
  response.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(headers), ...guardHeaders() });
  // Headers go out at once: a live tail may have nothing to say for a while.
  response.flushHeaders();
  pipeline(answer, response, (error) => error && response.destroy());
}

function returnFailure(response: ServerResponse, error: HttpError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  for (const [name, value] of Object.entries(guardHeaders())) {
    response.setHeader(name, value);
  }
  sendJson(response, error.status, { message: error.message, error: http.STATUS_CODES[error.status], status: 'error' });
}

function unreachable(dataSource: ShellDataSource, target: URL, error: NodeJS.ErrnoException): string {
  return `Cannot reach ${dataSource.name} at ${target.origin}: ${error.code ?? error.message}`;
}

function sentHeaders(headers: IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_SENT.has(name)));
  // Grafana's own Authorization belongs to Grafana; what is meant for the backend comes under another name.
  delete sent.authorization;
  const authorization = headers['x-ds-authorization'];
  return authorization ? { ...sent, authorization: String(authorization) } : sent;
}

function guardHeaders(): Record<string, string> {
  return { 'Content-Security-Policy': 'sandbox', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
}
