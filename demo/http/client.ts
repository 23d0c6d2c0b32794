import http from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import type { HttpMethod } from './server';

const TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 1024 * 1024;

export interface OutgoingRequest {
  readonly method: HttpMethod;
  readonly url: URL;
  /** The name the callee goes by, as an internal DNS would know it; spans carry it in place of a bare address. */
  readonly hostName: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request through node:http, which carries the active trace context and baggage along once telemetry has started.
 * Rejects when no complete answer comes; a 4xx or 5xx is an answer.
 */
export function sendRequest({ method, url, hostName, body, headers }: OutgoingRequest): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const named = new URL(url);
    named.hostname = hostName;
    const request = http.request(named, {
      method,
      lookup: lookupOf(url.hostname),
      timeout: TIMEOUT_MS,
      headers: { ...headers, ...(payload !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }) },
    });
    request.on('timeout', () => request.destroy(new Error(`${url.host} did not answer within ${TIMEOUT_MS} ms`)));
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let receivedBytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        receivedBytes += chunk.length;
        if (receivedBytes > MAX_RESPONSE_BYTES) {
          request.destroy(new Error(`${url.host} answered more than ${MAX_RESPONSE_BYTES} bytes`));
        }
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
    });
    request.end(payload);
  });
}

/** Resolves every name to one address. */
function lookupOf(hostname: string): LookupFunction {
  const address = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address) || 4;
  return (_name, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family));
}
