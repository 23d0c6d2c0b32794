import { SpanKind } from '@opentelemetry/api';
import type { Random } from '../random';
import type { Condition } from './condition';
import { inSpan } from '../telemetry/in-span';
import { PeerError, simulateWork } from './simulated-work';

/** One confirmation at the payment service provider (PSP). `attempt` counts from 1. */
export type PaymentProvider = (attempt: number, condition: Condition | undefined) => Promise<void>;

/** A stand-in for a PSP in the internet: neither instrumented nor ours. */
export function createPaymentProvider(random: Random): PaymentProvider {
  return (attempt, condition) => {
    const attributes = {
      'http.request.method': 'POST',
      'url.template': '/v1/confirm',
      'server.address': 'api.psp.example',
      'server.port': 443,
      'peer.service': 'psp',
      ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
    };
    return inSpan('POST /v1/confirm', { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const failure = () => {
        span.setAttribute('http.response.status_code', 503);
        return new PeerError('PspUnavailable', 'psp answered 503');
      };
      await simulateWork(random, { medianMs: 90, condition, failure });
      span.setAttribute('http.response.status_code', 200);
    });
  };
}
