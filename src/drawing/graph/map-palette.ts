/** The map's colours, CSS colour strings from the host's theme. */
export interface MapPalette {
  readonly background: string;
  readonly card: string;
  readonly cardBorder: string;
  readonly text: string;
  readonly textFaint: string;
  readonly edge: string;
  readonly warning: string;
  readonly error: string;
  readonly accent: string;
  readonly fontFamily: string;
}

const WARNING_RATIO = 0.001;
const CRITICAL_RATIO = 0.05;

/** Errors by how much they matter, with the same thresholds everywhere on the map; undefined where they do not. */
export function errorColour(errorRatio: number, palette: MapPalette): string | undefined {
  if (errorRatio >= CRITICAL_RATIO) {
    return palette.error;
  }
  return errorRatio >= WARNING_RATIO ? palette.warning : undefined;
}
