/** The figures of nodes and edges as short texts. */
import { formatDuration, formatPercent } from '../format-figures';
import { errorRatio, rateFormatter, type MapEdge, type MapModel, type MapNode } from './map-model';
import type { LabelFigure, MapStyle } from './map-style';

/** Writes counts of the window as rates, as the host wants them written. */
export function rateWriter(model: MapModel, windowS: number, { formatRate }: MapStyle): (count: number) => string {
  return formatRate ? (count) => formatRate(count / windowS) : rateFormatter(model, windowS);
}

export const writeDuration = (durationNs: number, style: MapStyle): string => (style.formatDuration ?? formatDuration)(durationNs);

/** The chosen figures of an edge that are known, the first ones first. */
export function edgeLabel(edge: MapEdge, style: MapStyle, rate: (count: number) => string): string {
  return edge.label ?? style.edgeLabel.flatMap((figure) => edgeFigure(edge, figure, style, rate) ?? []).join(' · ');
}

function edgeFigure(edge: MapEdge, figure: LabelFigure, style: MapStyle, rate: (count: number) => string): string | undefined {
  switch (figure) {
    case 'rate': {
      const text = rate(edge.count);
      // What was sampled says so, unless it is a bound already.
      return edge.countInterval && !text.startsWith('<') ? `≈ ${text}` : text;
    }
    case 'errors':
      return edge.errorCount > 0 ? `${formatPercent(errorRatio(edge))} errors` : undefined;
    case 'share':
      return edge.share === undefined ? undefined : formatPercent(edge.share);
    case 'p50':
    case 'p95':
    case 'p99': {
      const durationNs = edge[`${figure}Ns`];
      return durationNs === undefined ? undefined : writeDuration(durationNs, style);
    }
  }
}

/** Rate and p95 of a node; of one that nobody calls, what it calls itself. */
export function nodeLabel(node: MapNode, outgoingCount: number, style: MapStyle, rate: (count: number) => string): string {
  if (node.label !== undefined) {
    return node.label;
  }
  const calls = node.count > 0 ? rate(node.count) : `${rate(outgoingCount)} out`;
  return node.p95Ns === undefined ? calls : `${calls} · ${writeDuration(node.p95Ns, style)}`;
}
