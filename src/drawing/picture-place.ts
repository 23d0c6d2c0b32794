/** Where a picture that was painted for one viewport is and belongs while the viewport moves. */
import type { Rect, Viewport } from './spaces';

/**
 * What is worth painting ahead of a motion: the view with a margin, as far as there is something to see. In view space,
 * whole pixels; undefined where nothing is.
 *
 * @param bounds of everything that can be seen, in graph space
 * @param paddingPx what names and lines take beyond the bounds
 * @param marginShare of the view, on each side
 */
export function pictureRect({ scale, offsetXPx, offsetYPx }: Viewport, bounds: Rect, viewWidthPx: number, viewHeightPx: number, paddingPx: number, marginShare: number): Rect | undefined {
  const left = Math.floor(Math.max(-viewWidthPx * marginShare, bounds.x * scale + offsetXPx - paddingPx));
  const top = Math.floor(Math.max(-viewHeightPx * marginShare, bounds.y * scale + offsetYPx - paddingPx));
  const right = Math.ceil(Math.min(viewWidthPx * (1 + marginShare), (bounds.x + bounds.width) * scale + offsetXPx + paddingPx));
  const bottom = Math.ceil(Math.min(viewHeightPx * (1 + marginShare), (bounds.y + bounds.height) * scale + offsetYPx + paddingPx));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** The CSS transform that puts a picture where it belongs in `current`. @param rect of the picture, in the view space of `painted` */
export function pictureTransform(rect: Rect, painted: Viewport, current: Viewport): string {
  const factor = current.scale / painted.scale;
  const x = current.offsetXPx + (rect.x - painted.offsetXPx) * factor;
  const y = current.offsetYPx + (rect.y - painted.offsetYPx) * factor;
  return `matrix(${factor}, 0, 0, ${factor}, ${x}, ${y})`;
}

/** Whether a picture that `pictureRect` cut out shows everything there is. */
export const showsAll = (rect: Rect, { scale, offsetXPx, offsetYPx }: Viewport, bounds: Rect): boolean =>
  rect.x <= bounds.x * scale + offsetXPx &&
  rect.y <= bounds.y * scale + offsetYPx &&
  rect.x + rect.width >= (bounds.x + bounds.width) * scale + offsetXPx &&
  rect.y + rect.height >= (bounds.y + bounds.height) * scale + offsetYPx;
