import type { MapStyle } from '../../drawing/graph/map-style';

/** What a host decides for all of its readers. */
export interface MapSettings {
  /** Filters, display choices and exports above the map. */
  readonly showControls: boolean;
  /** What the figures rest on. */
  readonly showNotes: boolean;
  /** Whether the legend is open at first; its button is always there. */
  readonly showLegend: boolean;
  readonly showMinimap: boolean;
  /** What differs from the map's default style; memoise it. */
  readonly style: Partial<MapStyle>;
}

export const DEFAULT_MAP_SETTINGS: MapSettings = { showControls: true, showNotes: true, showLegend: false, showMinimap: true, style: {} };
