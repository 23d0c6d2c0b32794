/** What the waterfall is drawn from. Columns are by span number; times are ns from the trace's start. */
import type { TimeMap } from './time-map';

export interface BarColumns {
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
}

export interface SpanTreeColumns extends BarColumns {
  /** Spans of the subtree, itself included; a subtree is contiguous, siblings are in order of their starts. */
  readonly subtreeSize: Uint32Array;
}

/** Something that happened during a span. */
export interface EventMark {
  readonly timeNs: number;
  readonly name: string;
  readonly isException: boolean;
}

/** One span refers to another of the timeline. */
export interface LinkEdge {
  readonly from: number;
  readonly to: number;
}

export interface WaterfallScene {
  readonly spans: SpanTreeColumns;
  /** Span number by row. */
  readonly rows: Uint32Array;
  readonly rowHeightPx: number;
  readonly time: TimeMap;
  readonly colourOf: (span: number) => string;
  readonly isError: (span: number) => boolean;
  readonly selected: number | undefined;
  /** 1 a span that was found; the others are drawn faint. */
  readonly found?: Uint8Array;
  /** The parts of a span that the answer waited for: start, end, start, end, … */
  readonly criticalOf?: (span: number) => readonly number[];
  /** The spans that one row stands for, in order of their starts, where it is a folded run. */
  readonly runOf: (span: number) => Uint32Array | undefined;
  readonly eventsOf: (span: number) => readonly EventMark[];
  readonly links: readonly LinkEdge[];
}

/** Size of the canvas, and how far below the first row's top its own top lies. */
export interface WaterfallView {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scrollPx: number;
}

export interface WaterfallPalette {
  readonly grid: string;
  readonly text: string;
  readonly textFaint: string;
  readonly background: string;
  readonly error: string;
  readonly selection: string;
  readonly match: string;
  readonly criticalPath: string;
  readonly link: string;
  readonly fontFamily: string;
}
