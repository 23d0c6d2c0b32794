/** What is said of a trace id that leads nowhere: the same of every backend. */
import { parseTraceId, type TraceId } from '../trace';
import { BackendError } from './http/http-client';

const SHOWN_LENGTH = 60;

/** @throws BackendError where the text is no trace id, naming the variable that it still holds if it does */
export function askedTraceId(text: string): TraceId {
  const trimmed = text.trim();
  const id = parseTraceId(trimmed);
  if (id) {
    return id;
  }
  const [variable] = /\$\{?\w+\}?/.exec(trimmed) ?? [];
  const shown = trimmed.length > SHOWN_LENGTH ? `${trimmed.slice(0, SHOWN_LENGTH)}…` : trimmed;
  throw new BackendError('unsupported', `"${shown}" is no trace id: ${variable ? `there is no variable ${variable} here` : 'expected up to 32 hexadecimal digits (0-9, a-f)'}`);
}

/**
 * @param where what was asked, and how far back: "Tempo, in all that it keeps"
 * @param mayBe further reasons than that the trace expired or is on its way
 */
export function traceNotFound(traceIdText: string, where: string, detail: { readonly path?: string } = {}, mayBe = ''): BackendError {
  return new BackendError('notFound', `Trace ${traceIdText} was not found. Asked was ${where}: the trace may have expired, ${mayBe}or not have arrived yet.`, { ...detail, status: 404 });
}
