/**
 * Which traces belong to a share of all, by their id alone, so that every store and every collector picks the same ones: FNV-1a of
 * a salt and the id, compared with the share of 2^64. Source: the collector's tail_sampling processor, probabilistic policy.
 */
const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const MAX = 0xffffffffffffffffn;
const SALT = 'default-hash-seed';

const salted = fnv1a(FNV_OFFSET, Buffer.from(SALT));

/**
 * @param traceId 16 bytes
 * @param threshold see `thresholdOf`
 */
export function isInShare(traceId: Uint8Array, threshold: bigint): boolean {
  return fnv1a(salted, traceId) <= threshold;
}

/** @param share from 0 to 1 */
export function thresholdOf(share: number): bigint {
  return share >= 1 ? MAX : BigInt(Math.floor(share * 2 ** 64));
}

function fnv1a(start: bigint, bytes: Uint8Array): bigint {
  let hash = start;
  for (const byte of bytes) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  }
  return hash;
}
