import type { Topology } from './topology';

/** The nodes of each part of a graph that hangs together, whatever the direction of its edges; in the order of their first nodes. */
export function connectedComponents({ nodeCount, edgeSource, edgeTarget }: Topology): number[][] {
  // Union-find: each node points towards the smallest of its component.
  const parent = Uint32Array.from({ length: nodeCount }, (_, v) => v);
  const rootOf = (v: number) => {
    while (parent[v] !== v) {
      v = parent[v] = parent[parent[v]];
    }
    return v;
  };
  edgeSource.forEach((source, e) => {
    const [a, b] = [rootOf(source), rootOf(edgeTarget[e])];
    parent[Math.max(a, b)] = Math.min(a, b);
  });
  const components = new Map<number, number[]>();
  for (let v = 0; v < nodeCount; v++) {
    const root = rootOf(v);
    const known = components.get(root);
    known ? known.push(v) : components.set(root, [v]);
  }
  return [...components.values()];
}
