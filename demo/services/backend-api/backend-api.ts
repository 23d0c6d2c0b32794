import type { Service, ServiceContext } from '../service';
import { login } from './login';
import { initiateUpload } from './upload';
import { handlePaymentWebhook } from './payment-webhook';
import { search } from './search-query';

/** veza-backend-api: the API gateway. Its four operations are the deployment's hot paths. */
export function createService(context: ServiceContext): Service {
  return {
    routes: [
      { method: 'GET', path: '/health', handle: () => Promise.resolve({ status: 200, body: { status: 'ok' } }) },
      { method: 'POST', path: '/api/v1/auth/login', operation: 'auth.login', handle: (request) => login(context, request) },
      { method: 'POST', path: '/api/v1/tracks/upload', operation: 'track.upload.initiate', handle: (request) => initiateUpload(context, request) },
      { method: 'POST', path: '/api/v1/payments/webhook', operation: 'payment.webhook', handle: (request) => handlePaymentWebhook(context, request) },
      { method: 'GET', path: '/api/v1/search', operation: 'search.query', handle: (request) => search(context, request) },
    ],
  };
}
