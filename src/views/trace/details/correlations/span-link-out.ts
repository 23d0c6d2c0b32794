/** A way from a span to something outside the trace, or why there is none. */
export interface SpanLinkOut {
  readonly title: string;
  readonly href?: string;
  readonly target?: '_blank' | '_self';
  readonly onClick?: (event: unknown) => void;
  /** Why it cannot be followed, as the end of a sentence. */
  readonly reason?: string;
  /** For whom cannot follow: what to ask there. */
  readonly query?: string;
  readonly dataSourceName?: string;
}
