/** Service graphs of the shapes that real ones have, seeded: what the look of a layout is judged on. */
import type { Topology } from '../src/drawing/graph/topology';
import { seededRandom } from './map-graphs';

type Edge = readonly [from: number, to: number];

/** What a company of 1,238 services looks like: popular services take most calls, most databases belong to one service, some calls go ten deep. */
export function companyGraph(nodeCount = 1238, seed = 1): Topology {
  const random = seededRandom(seed);
  const entries = Math.ceil(nodeCount * 0.03);
  const inner = Math.ceil(nodeCount * 0.55);
  const edges: Edge[] = [];
  const popular: number[] = Array.from({ length: entries }, (_, v) => v);
  const skewed = () => popular[Math.floor(random() * popular.length)];
  for (let v = entries; v < inner; v++) {
    const callers = 1 + Math.floor(random() ** 3 * 5);
    // A chain grows at its end.
    edges.push([random() < 0.12 ? v - 1 : skewed(), v]);
    for (let i = 1; i < callers; i++) {
      edges.push([skewed(), v]);
    }
    popular.push(v, ...edges.slice(-callers).map(([from]) => from));
  }
  for (let i = 0; i < nodeCount; i++) {
    const [from, to] = [skewed(), skewed()];
    edges.push(random() < 0.95 ? [Math.min(from, to), Math.max(from, to)] : [from, to]);
  }
  for (let v = inner; v < nodeCount; v++) {
    const owners = random() < 0.75 ? 1 : 1 + Math.floor(random() * 6);
    for (let i = 0; i < owners; i++) {
      edges.push([random() < 0.5 ? skewed() : Math.floor(random() * inner), v]);
    }
  }
  // A few platforms everybody calls: configuration, tokens, flags.
  for (const platform of [inner + 1, inner + 2, inner + 3]) {
    for (let v = 0; v < inner; v += 2 + Math.floor(random() * 6)) {
      edges.push([v, platform]);
    }
  }
  return graphOf(nodeCount, edges);
}

/** Six namespaces: a gateway before each, layers inside, some calls between them. */
export function namespaceGraph(perNamespace = 20, seed = 1): Topology {
  const random = seededRandom(seed);
  const edges: Edge[] = [];
  for (let namespace = 0; namespace < 6; namespace++) {
    const first = namespace * perNamespace;
    for (let i = 1; i < perNamespace; i++) {
      edges.push([first + Math.floor(random() ** 2 * i), first + i]);
    }
    for (let i = 0; i < 3 && namespace > 0; i++) {
      edges.push([Math.floor(random() * first), first]);
    }
  }
  return graphOf(6 * perNamespace, edges);
}

/** Twelve services in three tiers between entries and databases: a usual small map. */
export function shallowGraph(nodeCount = 30, seed = 1): Topology {
  const random = seededRandom(seed);
  const tiers = [0, 0.1, 0.5, 1].map((share) => Math.round(share * nodeCount));
  const edges: Edge[] = [];
  for (let tier = 1; tier + 1 < tiers.length; tier++) {
    for (let v = tiers[tier]; v < tiers[tier + 1]; v++) {
      for (let callers = 1 + Math.floor(random() * 2); callers > 0; callers--) {
        edges.push([tiers[tier - 1] + Math.floor(random() * (tiers[tier] - tiers[tier - 1])), v]);
      }
    }
  }
  return graphOf(nodeCount, edges);
}

/** One parent, many leaves. */
export const fanGraph = (leaves = 200): Topology => graphOf(leaves + 1, range(leaves).map((i) => [0, i + 1]));

/** A hub that is called by some and calls others. */
export const starGraph = (arms = 40): Topology => graphOf(arms + 1, range(arms).map((i) => (i % 3 === 0 ? [i + 1, 0] : [0, i + 1])));

export const chainGraph = (length = 60): Topology => graphOf(length, range(length - 1).map((i) => [i, i + 1]));

/** Many small graphs that know nothing of each other. */
export function islandsGraph(islands = 40, seed = 1): Topology {
  const random = seededRandom(seed);
  const edges: Edge[] = [];
  let next = 0;
  for (let island = 0; island < islands; island++) {
    const size = 1 + Math.floor(random() ** 2 * 9);
    for (let i = 1; i < size; i++) {
      edges.push([next + Math.floor(random() * i), next + i]);
    }
    next += size;
  }
  return graphOf(next, edges);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function graphOf(nodeCount: number, edges: readonly Edge[]): Topology {
  const kept = [...new Map(edges.filter(([from, to]) => from !== to).map((edge) => [edge.join(), edge])).values()];
  return { nodeCount, edgeSource: Uint32Array.from(kept, ([from]) => from), edgeTarget: Uint32Array.from(kept, ([, to]) => to) };
}
