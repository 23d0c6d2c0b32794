import { useEffect, type RefObject } from 'react';
import type { Size } from './use-size';

/**
 * Paints a canvas in the next frame after `paint` or the size changed, at the display's resolution.
 *
 * @param paint gets a cleared context in which one unit is one CSS pixel; memoise it.
 */
export function useCanvas(ref: RefObject<HTMLCanvasElement | null>, { widthPx, heightPx }: Size, paint: (ctx: CanvasRenderingContext2D) => void): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const canvas = ref.current;
      const ctx = canvas?.getContext('2d');
      if (!canvas || !ctx || widthPx === 0 || heightPx === 0) {
        return;
      }
      const ratio = window.devicePixelRatio || 1;
      const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
      // Assigning a size, even the same one, throws the backing store away.
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, widthPx, heightPx);
      paint(ctx);
    });
    return () => cancelAnimationFrame(frame);
  }, [ref, widthPx, heightPx, paint]);
}
