import { context } from '@opentelemetry/api';
import { core } from '@opentelemetry/sdk-node';
import { createHmac } from 'node:crypto';
import { sendRequest } from '../../http/client';
import { CONDITION_KEY } from '../../peers/condition';
import { withBaggage } from '../../telemetry/baggage';
import { GATEWAY } from '../names';
import type { Service, ServiceContext } from '../service';
import { planLoad, type PlannedRequest } from './load-plan';

/** When the API dawdles, waiting requests must not pile up. */
const MAX_WAITING_REQUESTS = 32;

/** veza-web: the users. Stands for the instrumented browsers, and for the strangers that call the API as well. */
export function createService({ ratePerS, seed, urlOf }: ServiceContext): Service {
  return { run: () => runLoad(planLoad(seed, ratePerS), urlOf(GATEWAY)) };
}

function runLoad(plan: Generator<PlannedRequest, never>, apiUrl: string): () => void {
  let waitingRequests = 0;
  let timer: NodeJS.Timeout | undefined;
  const planNext = (): void => {
    const request = plan.next().value;
    timer = setTimeout(() => {
      if (waitingRequests < MAX_WAITING_REQUESTS) {
        waitingRequests++;
        // What went wrong is on the request's span; the load goes on.
        void send(request, apiUrl).finally(() => waitingRequests--);
      }
      planNext();
    }, request.waitMs);
  };
  planNext();
  return () => clearTimeout(timer);
}

async function send(request: PlannedRequest, apiUrl: string): Promise<void> {
  const { condition } = request;
  const entries: Record<string, string> = {
    'session.id': request.sessionId,
    'veza.plan': request.plan,
    ...(condition && { [CONDITION_KEY]: condition }),
  };
  const outgoing = { method: request.method, url: new URL(request.path, apiUrl), hostName: GATEWAY, body: request.body };
  const sent = request.isFromBrowser
    ? context.with(withBaggage(entries), () => sendRequest(outgoing))
    : context.with(core.suppressTracing(context.active()), () => sendRequest({ ...outgoing, headers: strangerHeaders(request) }));
  await sent.catch(() => undefined);
}

/** A stranger has no instrumentation that would write headers: the condition is written by hand, the signature always is. */
function strangerHeaders({ condition, body }: PlannedRequest): Record<string, string> {
  const key = process.env.DEMO_WEBHOOK_KEY;
  return {
    ...(condition && { baggage: `${CONDITION_KEY}=${condition}` }),
    ...(key && { 'x-psp-signature': createHmac('sha256', key).update(JSON.stringify(body)).digest('hex') }),
  };
}
