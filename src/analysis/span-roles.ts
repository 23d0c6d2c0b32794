/** What part each span plays in calls between services, from the columns alone. */
import { NO_PARENT, SpanKind, type TraceSet } from '../trace';

/** Bits of a row's role. */
export const Role = {
  /** A call arrives here: a root, a change of service, or a server (consumer) below a client (producer). */
  entry: 1,
  /** Client or producer whose call was answered by an entry below it, as far as spans of its own service reach. */
  answered: 2,
  /** Client or producer that has further ones of its own service below it. */
  wrapper: 4,
} as const;

/** Whether a span of this kind calls someone: a client or a producer. */
export function isCalling(kind: number): boolean {
  return kind === SpanKind.client || kind === SpanKind.producer;
}

/** Whether a span of this kind was called: a server or a consumer. */
export function isServing(kind: number): boolean {
  return kind === SpanKind.server || kind === SpanKind.consumer;
}

/** Bits of Role a row. Parents precede children, so one pass backwards carries what lies below upwards. */
export function spanRoles({ columns: { parent, service, kind } }: TraceSet): Uint8Array {
  const roles = new Uint8Array(parent.length);
  for (let row = parent.length - 1; row >= 0; row--) {
    const up = parent[row];
    if (up === NO_PARENT) {
      roles[row] |= Role.entry;
    } else if (service[row] !== service[up] || (isServing(kind[row]) && isCalling(kind[up]))) {
      roles[row] |= Role.entry;
      roles[up] |= Role.answered;
    } else {
      roles[up] |= (roles[row] & (Role.answered | Role.wrapper)) | (isCalling(kind[row]) ? Role.wrapper : 0);
    }
  }
  return roles;
}
