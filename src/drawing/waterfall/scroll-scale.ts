/** Browsers lay out at most 17 (Firefox) to 33 million pixels; below half of that they are exact. */
const MAX_ELEMENT_PX = 8_000_000;

/**
 * Maps the scroll position of an element to the distance scrolled in content that may be higher than any element can be.
 * Equal while the content fits.
 */
export class ScrollScale {
  /** Height to give the scrolled element. */
  readonly elementPx: number;
  private readonly ratio: number;
  private readonly endPx: number;

  constructor(contentPx: number, viewPx: number) {
    this.elementPx = Math.min(contentPx, MAX_ELEMENT_PX);
    this.endPx = Math.max(0, contentPx - viewPx);
    this.ratio = this.endPx / Math.max(1, this.elementPx - viewPx);
  }

  /** Whether a pixel of the scroll bar stands for more than a pixel of content, so that wheels must be followed exactly. */
  get isScaled(): boolean {
    return this.ratio > 1.0001;
  }

  contentOf(scrollTopPx: number): number {
    return this.clamp(this.isScaled ? scrollTopPx * this.ratio : scrollTopPx);
  }

  scrollTopOf(contentPx: number): number {
    return this.isScaled ? this.clamp(contentPx) / this.ratio : this.clamp(contentPx);
  }

  clamp(contentPx: number): number {
    return Math.max(0, Math.min(this.endPx, contentPx));
  }
}
