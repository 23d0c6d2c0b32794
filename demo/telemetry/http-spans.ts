import type { Span } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import http, { type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { baggageAttributes } from './baggage';

type HttpMessage = http.ClientRequest | IncomingMessage;

/** SERVER and CLIENT spans for node:http, and the W3C headers between them. */
export function createHttpInstrumentation(): HttpInstrumentation {
  return new HttpInstrumentation({
    // Probes come every few seconds and say nothing about users.
    ignoreIncomingRequestHook: (request) => request.url === '/health',
    requestHook: describeRequest,
  });
}

/**
 * Patches node:http. An ES module's import does not pass the hook that instrumentations listen to, a `require` does; and
 * the built-in is one object for both, so this one call is enough, and no loader is needed. Call it after the SDK's start.
 */
export function patchHttp(): void {
  createRequire(import.meta.url)('node:http');
}

function describeRequest(span: Span, request: HttpMessage): void {
  span.setAttributes(baggageAttributes());
  if (request instanceof http.ClientRequest) {
    // Our paths hold no ids, so the path is a route and of low cardinality: fit for a span name.
    const path = request.path.split('?', 1)[0];
    span.updateName(`${request.method} ${path}`);
    span.setAttribute('url.template', path);
  }
}
