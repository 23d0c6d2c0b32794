import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HttpResponse } from '../src/backends/http/http-client';

const SHARED = resolve(__dirname, '../../shared');

/** Whether the answers of real servers are here; without them the tests on them are skipped. */
export const hasShared = existsSync(SHARED);

interface GoldenCase {
  readonly name: string;
  readonly group: string;
  readonly variant: string;
  readonly request: { readonly path: string; readonly params?: ReadonlyArray<readonly [string, string]>; readonly headers?: Readonly<Record<string, string>> };
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly json?: unknown; readonly text?: string; readonly base64?: string };
}

/** Requests and answers of a real Tempo, `tempo-2.7.1` or `tempo-3.0.3`. */
export function goldenCases(server: string): GoldenCase[] {
  return readFileSync(resolve(SHARED, 'golden', server, 'cases.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): GoldenCase => JSON.parse(line));
}

/** The recorded answer as a transport gives it. */
export function answerOf({ response }: GoldenCase): HttpResponse {
  const { status, headers, json, text, base64 } = response;
  const body = base64 !== undefined ? Buffer.from(base64, 'base64') : Buffer.from(json !== undefined ? JSON.stringify(json) : (text ?? ''));
  return { status, mediaType: (headers['content-type'] ?? '').split(';')[0], body: new Uint8Array(body) };
}
