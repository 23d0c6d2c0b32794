import type { Random } from '../random';
import type { ObjectStore } from './object-store';
import { createObjectStore } from './object-store';
import type { PaymentProvider } from './payment-provider';
import { createPaymentProvider } from './payment-provider';
import type { Postgres } from './postgres';
import { createPostgres } from './postgres';
import { Redis } from './redis';

/** What a service calls that has no instrumentation of its own. */
export interface Peers {
  readonly postgres: Postgres;
  readonly redis: Redis;
  readonly objectStore: ObjectStore;
  readonly paymentProvider: PaymentProvider;
}

export function createPeers(random: Random): Peers {
  return {
    postgres: createPostgres(random),
    redis: new Redis(random),
    objectStore: createObjectStore(random),
    paymentProvider: createPaymentProvider(random),
  };
}
