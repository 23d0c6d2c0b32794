import type { TraceSet } from '../../trace';
import { asArray, asObject, asText, type JsonObject } from '../json';
import { BackendError, type HttpResponse } from './http-client';

/** An error text from a server is shown up to here: some answer with whole pages. */
const SHOWN_TEXT_LENGTH = 300;

const WAITED = "it took longer than Grafana waits: ask for less at once, or raise Timeout of the data source or timeout under [dataproxy] in Grafana's configuration";

/** What Grafana's proxy means by a status without a word. Running out of time is 502 to Grafana 12.3 as well. */
const MEANT: ReadonlyMap<number, string> = new Map([
  [502, `Grafana cannot reach the backend at the address of its data source, or ${WAITED}`],
  [504, WAITED],
]);

/** @throws BackendError of kind `http` that carries what the server said, for any status but 2xx. */
export function expectSuccess(answer: HttpResponse, path: string): HttpResponse {
  if (answer.status >= 200 && answer.status < 300) {
    return answer;
  }
  const said = saidBy(answer) || MEANT.get(answer.status);
  throw new BackendError('http', `${path} was answered with ${answer.status}${said ? `: ${said}` : ''}`, { path, status: answer.status });
}

/**
 * Runs a decoder on an answer.
 *
 * @throws BackendError of kind `format`, naming the request, where it is not what it should be.
 */
export function decoded<T>(path: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

export const unreadable = (path: string, cause: unknown): BackendError =>
  new BackendError('format', `The answer to ${path} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, { path, cause });

/**
 * A decoder reads what precedes a cut, which is right for a file. An answer that was cut off on its way can be asked for
 * again: better an error than half a trace.
 *
 * @throws BackendError of kind `format` where the answer was cut off, or nothing in it could be read
 */
export function refuseDamaged(set: TraceSet, path: string): void {
  if (set.notices.some(({ code }) => code === 'truncated') || (set.spanCount === 0 && set.notices.length > 0)) {
    throw new BackendError('format', `The answer to ${path} could not be read: ${set.notices.map(({ message }) => message).join('; ')}`, { path });
  }
}

function saidBy({ body, mediaType }: HttpResponse): string {
  const text = new TextDecoder().decode(body.subarray(0, 4 * SHOWN_TEXT_LENGTH)).trim();
  if (mediaType === 'text/html' || text.startsWith('<')) {
    return 'a web page instead of an answer; is the address that of the backend itself?';
  }
  const said = messageIn(text) ?? text;
  return said.length > SHOWN_TEXT_LENGTH ? `${said.slice(0, SHOWN_TEXT_LENGTH)}…` : said;
}

/** The sentence in an error that is JSON, as Grafana, Jaeger, Zipkin and Prometheus write them. */
function messageIn(text: string): string | undefined {
  let members: JsonObject;
  try {
    members = asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
  const { message, error, errors } = members;
  return [message, error, asObject(error).message, asObject(asArray(errors)[0]).msg].map(asText).find(Boolean);
}
