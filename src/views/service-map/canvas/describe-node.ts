import { formatPercent } from '../../../drawing/format-figures';
import { writeDuration } from '../../../drawing/graph/figure-labels';
import { errorRatio, isErrorCounted } from '../../../drawing/graph/map-model';
import type { MapScene } from '../../../drawing/graph/map-scene';

/** A node as a sentence for those who do not see it. */
export function describeNode({ picture, ends, rate, outgoingCalls }: MapScene, v: number): string {
  const node = picture.model.nodes[v];
  let [callers, called] = [0, 0];
  for (let e = 0; e < ends.length; e += 2) {
    callers += ends[e + 1] === v ? 1 : 0;
    called += ends[e] === v ? 1 : 0;
  }
  return [
    `${node.name}, ${node.memberCount === undefined ? node.kind : `group of ${node.memberCount}`}`,
    node.label !== undefined ? node.label || undefined : node.count > 0 ? rate(node.count) : `${rate(outgoingCalls[v])} going out`,
    node.p95Ns === undefined ? undefined : `p95 ${writeDuration(node.p95Ns, picture.style)}`,
    isErrorCounted(node) ? (node.errorCount > 0 ? `${formatPercent(errorRatio(node))} errors` : 'no errors') : undefined,
    node.change && `${node.change.replace('-', ' ')} since the earlier window`,
    `called by ${callers}, calls ${called}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
