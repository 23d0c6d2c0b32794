/** The map's colours, CSS colour strings from the host's theme. */
export interface MapPalette {
  readonly background: string;
  readonly card: string;
  readonly cardBorder: string;
  readonly text: string;
  readonly textFaint: string;
  readonly edge: string;
  readonly success: string;
  readonly warning: string;
  readonly error: string;
  readonly accent: string;
  readonly fontFamily: string;
}
