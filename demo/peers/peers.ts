import type { Random } from '../random';
import { createObjectStore, type ObjectStore } from './object-store';
import { createPaymentProvider, type PaymentProvider } from './payment-provider';
import { createPostgres, type Postgres } from './postgres';
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
