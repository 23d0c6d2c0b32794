/**
 * What requests that have not been answered yet may take in memory, as received and unpacked, over all connections: beyond it senders are
 * told to come back, before anything piles up in front of the engine's thread.
 */
export class ReceiveBudget {
  private readonly maxBytes: number;
  private used = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** @returns false, and takes nothing, where there is no room */
  take(bytes: number): boolean {
    if (this.used + bytes > this.maxBytes) {
      return false;
    }
    this.used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.used -= bytes;
  }
}

/** What a sender is told when there is no room. */
export const NO_ROOM = 'the store is behind: too many requests wait to be taken in';
export const RETRY_AFTER_MS = 1000;

/** A request that has not come in full by then is given up: what it holds of the budget is others'. */
export const RECEIVE_WITHIN_MS = 120_000;

/** Limits of what the OTLP servers take in. */
export interface ReceiveLimits {
  /** One request, as received. */
  readonly bodyBytes: number;
  /** One request after decompression: a small body must not unpack into all of the memory. */
  readonly unpackedBytes: number;
  /** All requests that are being taken in. */
  readonly waitingBytes: number;
}

export const DEFAULT_RECEIVE_LIMITS: ReceiveLimits = { bodyBytes: 32 << 20, unpackedBytes: 64 << 20, waitingBytes: 96 << 20 };
