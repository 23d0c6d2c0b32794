import { assignLayers } from './assign-layers';
import { TOO_WIDE } from './fold-layers';
import { GROUP_GAP, GROUP_HEADER, GROUP_PADDING } from './group-boxes';
import { chooseRows, layeredLayout, SCREEN_ASPECT, SERVICE_MAP_SPACING, withoutCycles, type GraphLayout, type LayeredOptions } from './layered-layout';
import { NODE_WIDTH } from './map-geometry';
import type { Topology } from './topology';

/** From one column of groups to the next, for the edges between them. */
const COLUMN_GAP = 130;

/** What is placed as one: a group with its nodes laid out inside, or a node of no group. */
interface Block {
  readonly nodes: readonly number[];
  readonly isGroup: boolean;
  readonly inner: GraphLayout;
  readonly width: number;
  readonly height: number;
  /** From the block's centre to the origin of `inner`. */
  readonly originX: number;
  readonly originY: number;
}

/**
 * Layered layout in which the nodes of a group stand together: each group is laid out for itself, then the groups among
 * one another, as blocks of their size. The boxes that `groupBoxes` draws round them do not overlap.
 *
 * @param groupOf number of each node's group; -1 for none
 */
export function groupedLayout(topology: Topology, groupOf: Int32Array, options: LayeredOptions = SERVICE_MAP_SPACING): GraphLayout {
  const blockOf = new Uint32Array(topology.nodeCount);
  const blocks = membersOf(groupOf, blockOf).map((nodes) => blockOfNodes(topology, nodes, groupOf[nodes[0]] >= 0, options));
  const between = quotient(topology, blockOf, blocks.length);
  const acyclic = withoutCycles(between);
  const layer = assignLayers(acyclic);
  const { rows } = chooseRows(acyclic, layer, (upper, lower) => (blocks[upper].height + blocks[lower].height) / 2 + gapBetween(blocks[upper], blocks[lower], options));
  const centres = foldColumns(blocks, layer, rows);

  const x = new Float64Array(topology.nodeCount);
  const y = new Float64Array(topology.nodeCount);
  blocks.forEach(({ nodes, inner, originX, originY }, b) => {
    nodes.forEach((v, i) => {
      x[v] = centres[b].x + originX + inner.x[i];
      y[v] = centres[b].y + originY + inner.y[i];
    });
  });
  return { x, y };
}

/** Nodes of each block; writes each node's block into `blockOf`. */
function membersOf(groupOf: Int32Array, blockOf: Uint32Array): number[][] {
  const blocks: number[][] = [];
  const ofGroup = new Map<number, number>();
  groupOf.forEach((group, v) => {
    const block = (group >= 0 ? ofGroup.get(group) : undefined) ?? blocks.push([]) - 1;
    if (group >= 0) {
      ofGroup.set(group, block);
    }
    blocks[block].push(v);
    blockOf[v] = block;
  });
  return blocks;
}

function blockOfNodes({ edgeSource, edgeTarget }: Topology, nodes: readonly number[], isGroup: boolean, options: LayeredOptions): Block {
  const number = new Map(nodes.map((v, i) => [v, i]));
  const inside = Array.from(edgeSource.keys()).filter((e) => number.has(edgeSource[e]) && number.has(edgeTarget[e]));
  const end = (ends: Uint32Array) => Uint32Array.from(inside, (e) => number.get(ends[e]) ?? 0);
  const inner = layeredLayout({ nodeCount: nodes.length, edgeSource: end(edgeSource), edgeTarget: end(edgeTarget) }, options);
  const [left, right] = [Math.min(...inner.x), Math.max(...inner.x)];
  const [top, bottom] = [Math.min(...inner.y), Math.max(...inner.y)];
  const [padding, header] = isGroup ? [GROUP_PADDING, GROUP_HEADER] : [0, 0];
  return {
    nodes,
    isGroup,
    inner,
    width: right - left + NODE_WIDTH + 2 * padding,
    height: bottom - top + options.nodeHeight + padding + header,
    originX: -(left + right) / 2,
    originY: -(top + bottom) / 2 + (header - padding) / 2,
  };
}

const gapBetween = (upper: Block, lower: Block, { rowGap }: LayeredOptions): number => (upper.isGroup || lower.isGroup ? Math.max(GROUP_GAP, rowGap) : rowGap);

/** The graph of the blocks, each pair joined at most once a direction. */
function quotient({ edgeSource, edgeTarget }: Topology, blockOf: Uint32Array, blockCount: number): Topology {
  const pairs = new Set<number>();
  edgeSource.forEach((v, e) => {
    const [from, to] = [blockOf[v], blockOf[edgeTarget[e]]];
    if (from !== to) {
      pairs.add(from * blockCount + to);
    }
  });
  return {
    nodeCount: blockCount,
    edgeSource: Uint32Array.from(pairs, (pair) => Math.floor(pair / blockCount)),
    edgeTarget: Uint32Array.from(pairs, (pair) => pair % blockCount),
  };
}

/** The centre of each block: columns from left to right, in several bands where they would be much wider than a screen. */
function foldColumns(blocks: readonly Block[], layer: Uint32Array, rows: Float64Array): Array<{ x: number; y: number }> {
  const widths: number[] = [];
  layer.forEach((l, b) => (widths[l] = Math.max(widths[l] ?? 0, blocks[b].width + COLUMN_GAP)));
  const width = widths.reduce((sum, each) => sum + each, 0);
  const [top, bottom] = blocks.reduce(([least, most], { height }, b) => [Math.min(least, rows[b] - height / 2), Math.max(most, rows[b] + height / 2)], [Infinity, -Infinity]);
  const bandHeight = bottom - top + COLUMN_GAP;
  const aspect = width / bandHeight / SCREEN_ASPECT;
  const bandWidth = width / (aspect > TOO_WIDE ? Math.round(Math.sqrt(aspect)) : 1);
  const columns: Array<{ x: number; y: number }> = [];
  let [left, band] = [0, 0];
  widths.forEach((each, l) => {
    // A column belongs to the band in which its middle is.
    const before = widths.slice(0, l).reduce((sum, other) => sum + other, 0);
    if (Math.floor((before + each / 2) / bandWidth) > band) {
      [left, band] = [0, band + 1];
    }
    columns.push({ x: left + each / 2, y: band * bandHeight });
    left += each;
  });
  return blocks.map((_, b) => ({ x: columns[layer[b]].x, y: columns[layer[b]].y + rows[b] }));
}
