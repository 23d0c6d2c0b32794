/** Seeded random service graphs: what layouts are measured on. */
import type { Topology } from '../src/drawing/graph/topology';

/** Mulberry32: small, seeded, good enough for test data. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type GraphShape = 'tiers' | 'uniform' | 'hubs';

/**
 * A graph without self-calls or parallel edges.
 *
 * - tiers: gateways call services call services call databases; one call in seven leaves a tier out
 * - uniform: any node calls any, the least favourable for a layered picture
 * - hubs: a node mostly calls what is called often already
 */
export function randomServiceGraph(shape: GraphShape, nodeCount: number, edgeCount: number, seed: number): Topology {
  const random = seededRandom(seed);
  const pick = PICKERS[shape];
  const seen = new Set<number>();
  const source: number[] = [];
  const target: number[] = [];
  for (let tries = 0; source.length < edgeCount && tries < edgeCount * 50; tries++) {
    const [from, to] = pick(random, nodeCount, target);
    const key = from * nodeCount + to;
    if (from !== to && !seen.has(key)) {
      seen.add(key);
      source.push(from);
      target.push(to);
    }
  }
  return { nodeCount, edgeSource: Uint32Array.from(source), edgeTarget: Uint32Array.from(target) };
}

type Picker = (random: () => number, nodeCount: number, targets: readonly number[]) => readonly [number, number];

const PICKERS: Readonly<Record<GraphShape, Picker>> = {
  tiers: (random, nodeCount) => {
    const tierCount = 8;
    const tier = Math.floor(random() * (tierCount - 1));
    const next = Math.min(tierCount - 1, random() < 0.15 ? tier + 2 : tier + 1);
    const within = (t: number) => Math.floor(((t + random()) * nodeCount) / tierCount);
    return [within(tier), within(next)];
  },
  uniform: (random, nodeCount) => [Math.floor(random() * nodeCount), Math.floor(random() * nodeCount)],
  hubs: (random, nodeCount, targets) => {
    const from = Math.floor(random() * nodeCount);
    const popular = targets.length > 0 && random() < 0.5 ? targets[Math.floor(random() * targets.length)] : Math.floor(random() * nodeCount);
    // Mostly from lower to higher numbers: service graphs have few cycles.
    return from > popular && random() < 0.9 ? [popular, from] : [from, popular];
  },
};
