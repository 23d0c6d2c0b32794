import { pictureTransform } from '../../../drawing/picture-place';
import type { Rect, Viewport } from '../../../drawing/spaces';

/** Draws in view space, one unit is one CSS pixel. */
type Draw = (ctx: OffscreenCanvasRenderingContext2D) => void;

export interface Painting {
  readonly viewport: Viewport;
  /** What is painted of the viewport's view space. */
  readonly rect: Rect;
  /** A CSS colour behind it; see-through where undefined. An opaque picture is moved without being blended. */
  readonly background?: string;
  /** What lies under the rest and is kept for the next painting while all of `key` is the same. */
  readonly backdrop?: { readonly key: readonly unknown[]; readonly draw: Draw };
  readonly draw: Draw;
}

/**
 * A canvas that is painted once and then moved and scaled as it is, however much there is in the picture.
 *
 * It shows a bitmap that is painted elsewhere: browsers copy a canvas that is painted itself at every frame of a motion.
 */
export class PictureLayer {
  private painted: Painting | undefined;
  private kept: { readonly key: readonly unknown[]; readonly bitmap: ImageBitmap } | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  paint(painting: Painting): void {
    const { rect, background, draw } = painting;
    const shown = this.canvas.getContext('bitmaprenderer', { alpha: background === undefined });
    if (!shown) {
      throw noCanvasLeft();
    }
    shown.transferFromImageBitmap(bitmapOf(rect, background, draw, this.backdropOf(painting)));
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

  private backdropOf({ rect, background, backdrop }: Painting): ImageBitmap | undefined {
    const key = backdrop && [window.devicePixelRatio, ...backdrop.key];
    if (!key || this.kept?.key.length !== key.length || !key.every((part, i) => part === this.kept?.key[i])) {
      this.kept?.bitmap.close();
      this.kept = key && { key, bitmap: bitmapOf(rect, background, backdrop.draw) };
    }
    return this.kept?.bitmap;
  }
}

function bitmapOf(rect: Rect, background: string | undefined, draw: Draw, backdrop?: ImageBitmap): ImageBitmap {
  const ratio = window.devicePixelRatio || 1;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(rect.width * ratio)), Math.max(1, Math.round(rect.height * ratio)));
  const ctx = canvas.getContext('2d', { alpha: background === undefined });
  if (!ctx) {
    throw noCanvasLeft();
  }
  if (backdrop) {
    ctx.drawImage(backdrop, 0, 0);
  } else if (background !== undefined) {
    ctx.fillStyle = background;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
  }
  ctx.scale(ratio, ratio);
  ctx.translate(-rect.x, -rect.y);
  draw(ctx);
  return canvas.transferToImageBitmap();
}

const noCanvasLeft = () => new Error('expected a canvas to draw the map on, but this browser has none left: close some panels');
