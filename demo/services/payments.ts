import { setTimeout as sleep } from 'node:timers/promises';
import { HttpError } from '../http/http-error';
import type { RouteReply, RouteRequest } from '../http/server';
import { currentCondition } from '../peers/condition';
import { PeerError } from '../peers/simulated-work';
import { inSpan } from '../telemetry/in-span';
import type { Service, ServiceContext } from './service';

const PSP_ATTEMPTS = 2;
const RETRY_WAIT_MS = 100;

/** veza-payments: quotas, and the confirmation of payments at the provider with its ledger. */
export function createService(context: ServiceContext): Service {
  return {
    routes: [
      { method: 'GET', path: '/internal/quota', operation: 'quota.check', handle: () => checkQuota(context) },
      { method: 'POST', path: '/internal/confirm', operation: 'payment.confirm', handle: (request) => confirmPayment(context, request) },
    ],
  };
}

async function checkQuota({ peers, random }: ServiceContext): Promise<RouteReply> {
  await peers.redis.get('quota');
  if (random.chance(0.3)) {
    await peers.postgres('SELECT', 'subscriptions');
  }
  return { status: 200, body: { remainingBytes: random.integer(1, 100) * 2 ** 30 } };
}

async function confirmPayment(context: ServiceContext, { span }: RouteRequest): Promise<RouteReply> {
  const { postgres } = context.peers;
  await confirmAtProvider(context, (attempt) => span.addEvent('psp.retry', { 'veza.attempt': attempt }));
  await inSpan('db.transaction', {}, async () => {
    await postgres('UPDATE', 'orders');
    await postgres('INSERT', 'ledger');
    await postgres('INSERT', 'payouts');
  });
  return { status: 200, body: { confirmed: true } };
}

/** Asks the provider again when it does not answer; throws a 502 HttpError when it never does. */
async function confirmAtProvider({ peers }: ServiceContext, onRetry: (attempt: number) => void): Promise<void> {
  for (let attempt = 1; attempt <= PSP_ATTEMPTS; attempt++) {
    try {
      return await peers.paymentProvider(attempt, currentCondition());
    } catch (error) {
      if (!(error instanceof PeerError)) {
        throw error;
      }
      if (attempt < PSP_ATTEMPTS) {
        onRetry(attempt + 1);
        await sleep(RETRY_WAIT_MS);
      }
    }
  }
  throw new HttpError(502, 'PaymentFailed', `psp unavailable after ${PSP_ATTEMPTS} attempts`);
}
