import type { Viewport } from '../spaces';

/** Pixels of a canvas in the display's resolution, with the viewport they show. */
interface Kept {
  readonly canvas: HTMLCanvasElement;
  readonly viewport: Viewport;
}

/**
 * The last sharp picture of a big map. While the user pans and zooms it is moved and scaled, which takes a millisecond
 * where drawing thousands of edges takes many; the sharp picture follows when the viewport rests.
 */
export class PictureCache {
  private kept: Kept | undefined;

  /** Keeps what `ctx` shows now. */
  keep(ctx: CanvasRenderingContext2D, viewport: Viewport): void {
    const { width, height } = ctx.canvas;
    const canvas = this.kept?.canvas ?? ctx.canvas.ownerDocument.createElement('canvas');
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const copy = canvas.getContext('2d');
    copy?.clearRect(0, 0, width, height);
    copy?.drawImage(ctx.canvas, 0, 0);
    this.kept = { canvas, viewport };
  }

  /** Draws the kept picture as it looks from `viewport`; false where there is none of this size. */
  draw(ctx: CanvasRenderingContext2D, viewport: Viewport): boolean {
    const { kept } = this;
    if (!kept || kept.canvas.width !== ctx.canvas.width || kept.canvas.height !== ctx.canvas.height) {
      return false;
    }
    const pixelRatio = ctx.getTransform().a;
    const factor = viewport.scale / kept.viewport.scale;
    ctx.imageSmoothingEnabled = factor < 1;
    ctx.drawImage(
      kept.canvas,
      viewport.offsetXPx - kept.viewport.offsetXPx * factor,
      viewport.offsetYPx - kept.viewport.offsetYPx * factor,
      (kept.canvas.width / pixelRatio) * factor,
      (kept.canvas.height / pixelRatio) * factor
    );
    return true;
  }
}
