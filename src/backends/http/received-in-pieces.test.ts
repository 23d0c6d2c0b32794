import { Observable } from 'rxjs';
import type { Received } from './http-client';
import { receivedInPieces } from './received-in-pieces';

jest.mock('@grafana/runtime', () => ({ getBackendSrv: () => ({ chunked: () => mockAnswer }) }));

let mockAnswer: Observable<unknown>;
const WHAT = { url: 'api/x' };

/** As Grafana gives one: each piece with the head of the answer, the last one without data. */
function answerOf(status: number, texts: readonly string[], headers: Record<string, string> = {}): Observable<unknown> {
  const head = { status, ok: status < 300, headers: new Headers(headers) };
  return new Observable((subscriber) => {
    texts.forEach((text) => subscriber.next({ ...head, data: new TextEncoder().encode(text) }));
    subscriber.next({ ...head, data: undefined });
    subscriber.complete();
  });
}

async function receive(): Promise<{ text: string | undefined; status: number | undefined; received: Received[] }> {
  const received: Received[] = [];
  const answer = await receivedInPieces(WHAT, (piece) => received.push(piece), undefined);
  return { text: answer && new TextDecoder().decode(answer.body), status: answer?.status, received };
}

it('joins the pieces, and tells of each with the length that the server says', async () => {
  mockAnswer = answerOf(200, ['ab', '', 'cde'], { 'content-length': '5' });
  const { text, received } = await receive();
  expect(text).toBe('abcde');
  expect(received.map(({ receivedBytes, totalBytes }) => [receivedBytes, totalBytes])).toEqual([[2, 5], [5, 5]]);
});

it('takes no length from a compressed answer', async () => {
  mockAnswer = answerOf(200, ['abc'], { 'content-length': '2', 'content-encoding': 'gzip' });
  expect((await receive()).received.map(({ totalBytes }) => totalBytes)).toEqual([undefined]);
});

it('gives an error with what was said, and shows nothing of it as a beginning', async () => {
  mockAnswer = answerOf(404, ['no such trace']);
  expect(await receive()).toEqual({ status: 404, text: 'no such trace', received: [] });
});

it('leaves an expired session to a request that renews it', async () => {
  mockAnswer = answerOf(401, ['expired']);
  expect((await receive()).status).toBeUndefined();
});

it('stops listening when cancelled', async () => {
  let isHeard = true;
  mockAnswer = new Observable(() => () => (isHeard = false));
  const abort = new AbortController();
  const waiting = receivedInPieces(WHAT, () => undefined, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toThrow(/abort/i);
  expect(isHeard).toBe(false);
});
