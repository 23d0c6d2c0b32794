/** Answers in the shapes that Grafana's HTTP API uses. */
import type { ServerResponse } from 'node:http';

/** An error that is meant for the client: its message and status become the answer. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly messageId?: string
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=UTF-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Grafana's error body: `message` for people, `messageId` for programs, both read by `FetchError.data`. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = error instanceof HttpError ? error.status : 500;
  const message = error instanceof Error ? error.message : String(error);
  const messageId = error instanceof HttpError ? error.messageId : undefined;
  sendJson(response, status, { message, messageId, statusCode: status, traceID: '' });
}
