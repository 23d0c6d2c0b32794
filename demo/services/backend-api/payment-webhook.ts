import { createHmac, timingSafeEqual } from 'node:crypto';
import { HttpError } from '../../http/http-error';
import type { RouteReply, RouteRequest } from '../../http/server';
import { inSpan } from '../../telemetry/in-span';
import { type ServiceContext, UpstreamError } from '../service';

const EVENTS = ['charge.succeeded', 'charge.refunded', 'payout.paid'] as const;

/** `payment.webhook`: signature, confirmation by veza-payments (provider and ledger), and the message for the invoice. */
export async function handlePaymentWebhook({ call, peers, publish }: ServiceContext, { headers, body, json, span }: RouteRequest): Promise<RouteReply> {
  await inSpan('signature.verify', {}, async (verification) => {
    const signature = headers['x-psp-signature'];
    verification.setAttribute('veza.signature.present', signature !== undefined);
    verifySignature(body, signature, process.env.DEMO_WEBHOOK_KEY);
  });
  const { event = 'charge.succeeded' } = json();
  const known = EVENTS.find((name) => name === event);
  if (!known) {
    throw new HttpError(400, 'InvalidBody', `an event is one of ${EVENTS.join(', ')}`);
  }
  span.setAttribute('veza.psp.event', known);

  await peers.redis.set('lock:order', '1', 30);
  try {
    await call('veza-payments', 'POST', '/internal/confirm', { event: known });
  } catch (error) {
    throw error instanceof UpstreamError ? new HttpError(502, 'PaymentFailed', 'the payment was not confirmed') : error;
  }
  await publish('order.paid');
  return { status: 200, body: { received: true } };
}

/**
 * Checks the hex HMAC-SHA-256 of the body. Without a key everything passes: the demo has none unless DEMO_WEBHOOK_KEY
 * gives it one, so that the path can be tried with curl. Throws a 401 HttpError.
 */
export function verifySignature(body: Buffer, signature: string | string[] | undefined, key: string | undefined): void {
  if (!key) {
    return;
  }
  const expected = createHmac('sha256', key).update(body).digest();
  const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new HttpError(401, 'InvalidSignature', 'the signature does not fit the body');
  }
}
