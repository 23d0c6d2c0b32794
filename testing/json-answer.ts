import type { HttpResponse } from '../src/backends/http/http-client';

/** An answer as a transport gives it. */
export const answerOfJson = (body: unknown, status = 200): HttpResponse => ({ status, mediaType: 'application/json', body: new TextEncoder().encode(JSON.stringify(body)) });
