import { SpanKind } from '@opentelemetry/api';
import type { Random } from '../random';
import { inSpan } from '../telemetry/in-span';
import { simulateWork } from './simulated-work';

const MAX_ENTRIES = 5_000; // keys come from requests: without a bound, a stranger fills our memory

interface Entry {
  readonly value: string;
  readonly expiresAtMs: number;
}

/**
 * A stand-in for Redis: values are really kept, in this process, so that caches hit and limits count; only the network
 * is simulated. Keys hold e-mail addresses and query texts (hashed), so they are not recorded.
 */
export class Redis {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly random: Random,
    private readonly nowMs: () => number = Date.now
  ) {}

  /** The value, or undefined where there is none or it has expired. */
  get(key: string): Promise<string | undefined> {
    return this.command('GET', () => this.read(key));
  }

  set(key: string, value: string, lifetimeS: number): Promise<void> {
    return this.command('SETEX', () => this.write(key, value, lifetimeS));
  }

  delete(key: string): Promise<void> {
    return this.command('DEL', () => {
      this.entries.delete(key);
    });
  }

  /** Counts calls within a window that begins with the first of them; answers the count, this call included. */
  increment(key: string, windowS: number): Promise<number> {
    return this.command('INCR', () => {
      const count = Number(this.read(key) ?? 0) + 1;
      const windowEndMs = this.entries.get(key)?.expiresAtMs;
      this.write(key, String(count), windowEndMs === undefined ? windowS : (windowEndMs - this.nowMs()) / 1000);
      return count;
    });
  }

  private command<T>(name: string, effect: () => T): Promise<T> {
    const attributes = {
      'db.system.name': 'redis',
      'db.operation.name': name,
      'db.system': 'redis', // the older name as well, see postgres.ts
      'server.address': 'redis.veza.internal',
      'server.port': 6379,
      'peer.service': 'redis',
    };
    return inSpan(name, { kind: SpanKind.CLIENT, attributes }, async () => {
      await simulateWork(this.random, { medianMs: 1 });
      return effect();
    });
  }

  private read(key: string): string | undefined {
    const entry = this.entries.get(key);
    if (entry && entry.expiresAtMs <= this.nowMs()) {
      this.entries.delete(key);
      return undefined;
    }
    return entry?.value;
  }

  private write(key: string, value: string, lifetimeS: number): void {
    this.entries.delete(key); // re-inserted below, so that the map's first key is the one written longest ago
    if (this.entries.size >= MAX_ENTRIES) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) {
        this.entries.delete(oldest.value);
      }
    }
    this.entries.set(key, { value, expiresAtMs: this.nowMs() + lifetimeS * 1000 });
  }
}
