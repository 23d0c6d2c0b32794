import { pictureTransform } from '../../../drawing/picture-place';
import type { Rect, Viewport } from '../../../drawing/spaces';

export interface Painting {
  readonly viewport: Viewport;
  /** What is painted of the viewport's view space. */
  readonly rect: Rect;
  /** A CSS colour behind it; see-through where undefined. An opaque picture is moved without being blended. */
  readonly background?: string;
  /** Draws in view space, one unit is one CSS pixel. */
  readonly draw: (ctx: OffscreenCanvasRenderingContext2D) => void;
}

/**
 * A canvas that is painted once and then moved and scaled as it is, however much there is in the picture.
 *
 * It shows a bitmap that is painted elsewhere: browsers copy a canvas that is painted itself at every frame of a motion.
 */
export class PictureLayer {
  private painted: Painting | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  paint(painting: Painting): void {
    const { rect, background, draw } = painting;
    const ratio = window.devicePixelRatio || 1;
    const offscreen = new OffscreenCanvas(Math.max(1, Math.round(rect.width * ratio)), Math.max(1, Math.round(rect.height * ratio)));
    const ctx = offscreen.getContext('2d', { alpha: background === undefined });
    const shown = this.canvas.getContext('bitmaprenderer', { alpha: background === undefined });
    if (!ctx || !shown) {
      throw new Error('expected a canvas to draw the map on, but this browser has none left: close some panels');
    }
    ctx.scale(ratio, ratio);
    ctx.translate(-rect.x, -rect.y);
    if (background !== undefined) {
      ctx.fillStyle = background;
      ctx.fillRect(rect.x, rect.y, rect.width, rect.height);
    }
    draw(ctx);
    shown.transferFromImageBitmap(offscreen.transferToImageBitmap());
    this.canvas.style.width = `${rect.width}px`;
    this.canvas.style.height = `${rect.height}px`;
    this.canvas.style.visibility = 'visible';
    this.painted = painting;
  }

  /** Puts the picture where it belongs in a viewport. */
  moveTo(viewport: Viewport): void {
    if (this.painted) {
      this.canvas.style.transform = pictureTransform(this.painted.rect, this.painted.viewport, viewport);
    }
  }

  hide(): void {
    this.painted = undefined;
    this.canvas.style.visibility = 'hidden';
  }
}
