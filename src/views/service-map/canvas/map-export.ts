import { drawBackdrop, drawMap } from '../../../drawing/graph/draw-map';
import type { GroupBox } from '../../../drawing/graph/group-boxes';
import type { Ink } from '../../../drawing/graph/ink';
import type { MapScene } from '../../../drawing/graph/map-scene';
import { SvgInk } from '../../../drawing/graph/svg-ink';
import type { Viewport } from '../../../drawing/spaces';
import type { Size } from '../../canvas/use-size';

/** A map as it is on screen. */
export interface MapShot {
  readonly scene: MapScene;
  readonly boxes: readonly GroupBox[];
  readonly viewport: Viewport;
  readonly size: Size;
}

/** What the picture can be asked for from outside. */
export interface ServiceMapHandle {
  /** @param scale pixels of the image per CSS pixel on screen */
  toPng(scale: number): Promise<Blob>;
  toSvg(): string;
}

/** Browsers give up above about this many pixels a side. */
const MOST_PIXELS = 16_000;

/** @throws Error where the browser cannot make an image of this size */
export async function mapToPng(shot: MapShot, scale: number): Promise<Blob> {
  const { widthPx, heightPx } = shot.size;
  const canvas = document.createElement('canvas');
  const ratio = Math.min(scale, MOST_PIXELS / Math.max(widthPx, heightPx, 1));
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  const ctx = contextOf(canvas);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = shot.scene.palette.background;
  ctx.fillRect(0, 0, widthPx, heightPx);
  drawShot(ctx, shot);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) {
    throw new Error(`expected an image of ${canvas.width} × ${canvas.height} pixels, but this browser could not make one: export a smaller view`);
  }
  return blob;
}

export function mapToSvg(shot: MapShot): string {
  const ink = new SvgInk(contextOf(document.createElement('canvas')));
  drawShot(ink, shot);
  return ink.document(shot.size.widthPx, shot.size.heightPx, shot.scene.palette.background);
}

function drawShot(ink: Ink, { scene, boxes, viewport, size }: MapShot): void {
  const view = { x: 0, y: 0, width: size.widthPx, height: size.heightPx };
  drawBackdrop(ink, scene, boxes, viewport, view);
  drawMap(ink, scene, boxes, viewport, view);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const ctx = canvas.getContext('2d');
  if (!ctx) {
    throw new Error('expected a canvas to draw the map on, but this browser has none left: close some panels');
  }
  return ctx;
}
