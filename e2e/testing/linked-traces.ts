/** Two traces as OTLP JSON: an order, and the mail that follows from it and links back to it. */
export const ORDER_ID = '0de4'.padStart(32, '0');
export const MAIL_ID = '3a11'.padStart(32, '0');

const START_MS = Date.now() - 60_000;
const resource = (service: string) => ({ attributes: [{ key: 'service.name', value: { stringValue: service } }] });

function span(traceId: string, place: number, name: string, fromMs: number, toMs: number, rest: object = {}) {
  const at = (ms: number) => `${START_MS + ms}000000`;
  return { traceId, spanId: spanIdOf(traceId, place), name, kind: 1, startTimeUnixNano: at(fromMs), endTimeUnixNano: at(toMs), ...rest };
}

const spanIdOf = (traceId: string, place: number): string => `${traceId.slice(-4)}${place}`.padStart(16, '0');

/** @param orderId of the order, where it is to be another one of the same shape */
export function linkedTraces(orderId = ORDER_ID): Buffer {
  const order = [span(orderId, 1, 'place order', 0, 300), span(orderId, 2, 'publish', 250, 260, { parentSpanId: spanIdOf(orderId, 1) })];
  const link = { traceId: orderId, spanId: spanIdOf(orderId, 2) };
  const mail = [span(MAIL_ID, 1, 'send mail', 500, 700, { links: [link] }), span(MAIL_ID, 2, 'render', 510, 560, { parentSpanId: spanIdOf(MAIL_ID, 1) })];
  const resourceSpans = [
    { resource: resource('shop'), scopeSpans: [{ spans: order }] },
    { resource: resource('mailer'), scopeSpans: [{ spans: mail }] },
  ];
  return Buffer.from(JSON.stringify({ resourceSpans }));
}
