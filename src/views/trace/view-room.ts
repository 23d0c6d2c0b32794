import type { Size } from '../canvas/use-size';
import type { TraceDisplay } from './trace-display';

/** What a view of this size has room for, the timeline itself first. */
export interface ViewRoom {
  readonly header: boolean;
  readonly toolbar: boolean;
  readonly legend: boolean;
  readonly minimap: boolean;
  /** Details lie over the spans, and of the toolbar only finding is left. */
  readonly isNarrow: boolean;
}

/** Before it is laid out a view counts as large. What the display leaves out is never shown. */
export function roomIn({ widthPx, heightPx }: Size, display: TraceDisplay): ViewRoom {
  const height = heightPx || Infinity;
  return {
    header: display.hasHeader && height >= 420,
    toolbar: display.hasToolbar && height >= 180,
    legend: display.hasToolbar && height >= 420,
    minimap: display.hasMinimap && height >= 300,
    isNarrow: widthPx > 0 && widthPx < 640,
  };
}
