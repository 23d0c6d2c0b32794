/** How a map's figures become ink: what a host lets its users choose. */
import { errorRatio, type MapChange, type MapEdge, type MapFigures, type MapNode } from './map-model';
import type { MapPalette } from './map-palette';

/**
 * What an edge's colour tells: its error ratio, its p95, its p95 against its own baseline, what became of it since an
 * earlier window, or nothing.
 */
export type EdgeColouring = 'errors' | 'latency' | 'baseline' | 'change' | 'none';

/** What an edge's width tells: its calls, or its share of the end-to-end latency. */
export type EdgeWeighting = 'calls' | 'share';

/** A figure that a label may show. */
export type LabelFigure = 'rate' | 'errors' | 'p50' | 'p95' | 'p99' | 'share';

/** From a value on, a CSS colour. Lists of steps ascend; below the first step nothing is coloured. */
export interface ThresholdStep {
  readonly from: number;
  readonly colour: string;
}

export interface MapStyle {
  readonly edgeColouring: EdgeColouring;
  readonly edgeWeighting: EdgeWeighting;
  /** In this order; nothing is written on edges where empty. */
  readonly edgeLabel: readonly LabelFigure[];
  /** By error ratio in [0, 1]: edges, and the rings of nodes. */
  readonly errorSteps: readonly ThresholdStep[];
  /** By p95 in nanoseconds. */
  readonly latencySteps: readonly ThresholdStep[];
  /** By p95 ÷ its baseline. */
  readonly slowdownSteps: readonly ThresholdStep[];
  /** Units and decimals of the host instead of ours. */
  readonly formatDuration?: (durationNs: number) => string;
  readonly formatRate?: (callsPerSecond: number) => string;
}

/** What a map looks like where nobody chose otherwise: 0.1 % and 5 % errors, 500 ms and 2 s, 1.25 and 2 times the baseline. */
export function defaultMapStyle({ warning, error }: MapPalette): MapStyle {
  return {
    edgeColouring: 'errors',
    edgeWeighting: 'calls',
    edgeLabel: ['rate', 'p95'],
    errorSteps: [{ from: 0.001, colour: warning }, { from: 0.05, colour: error }],
    latencySteps: [{ from: 500e6, colour: warning }, { from: 2e9, colour: error }],
    slowdownSteps: [{ from: 1.25, colour: warning }, { from: 2, colour: error }],
  };
}

/** The colour of the last step reached. */
function stepColour(steps: readonly ThresholdStep[], value: number): string | undefined {
  let colour: string | undefined;
  for (const step of steps) {
    if (value >= step.from) {
      colour = step.colour;
    }
  }
  return colour;
}

/** The colour of a node's ring; undefined where nothing is wrong with it. */
export const errorColour = (figures: MapFigures, style: MapStyle): string | undefined => stepColour(style.errorSteps, errorRatio(figures));

/** Of what stands for the ring where a node is drawn small: errors are seen before a colour that somebody chose. */
export const nodeColour = (node: MapNode, style: MapStyle): string | undefined => errorColour(node, style) ?? node.colour;

/** Undefined where the edge has nothing to tell in the chosen colouring. */
export function edgeColour(edge: MapEdge, style: MapStyle, palette: MapPalette): string | undefined {
  return edge.colour ?? EDGE_COLOURS[style.edgeColouring](edge, style, palette);
}

const EDGE_COLOURS: Readonly<Record<EdgeColouring, (edge: MapEdge, style: MapStyle, palette: MapPalette) => string | undefined>> = {
  errors: (edge, style) => errorColour(edge, style),
  latency: ({ p95Ns }, { latencySteps }) => (p95Ns === undefined ? undefined : stepColour(latencySteps, p95Ns)),
  baseline: ({ p95Ns, baselineP95Ns }, { slowdownSteps }) => (p95Ns === undefined || !baselineP95Ns ? undefined : stepColour(slowdownSteps, p95Ns / baselineP95Ns)),
  change: ({ change }, _style, palette) => change && changeColour(change, palette),
  none: () => undefined,
};

/** The colour of a difference to an earlier window. */
export function changeColour(change: MapChange, palette: MapPalette): string {
  return palette[CHANGE_COLOURS[change]];
}

const CHANGE_COLOURS = {
  new: 'accent',
  gone: 'textFaint',
  slower: 'warning',
  faster: 'success',
  'more-errors': 'error',
  'fewer-errors': 'success',
} as const satisfies Readonly<Record<MapChange, keyof MapPalette>>;

/** What sets an edge's width, in the unit of the weighting. */
export const edgeWeight = ({ count, share, weight = count }: MapEdge, weighting: EdgeWeighting): number => (weighting === 'share' ? (share ?? 0) : weight);
