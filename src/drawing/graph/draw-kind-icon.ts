import type { Ink } from './ink';
import type { MapNodeKind } from './map-model';

/** Half the height of an icon. */
const R = 7;
export const ICON_HEIGHT = 2 * R;

type Path = (ctx: Ink, x: number, y: number) => void;

/** One line drawing a kind, stroked. */
const PATHS: Readonly<Record<MapNodeKind, Path>> = {
  service: (ctx, x, y) => {
    for (let corner = 0; corner < 6; corner++) {
      const angle = Math.PI / 6 + (corner * Math.PI) / 3;
      const [px, py] = [x + R * Math.cos(angle), y + R * Math.sin(angle)];
      corner === 0 ? ctx.moveTo(px, py) : ctx.lineTo(px, py);
    }
    ctx.closePath();
  },
  database: (ctx, x, y) => {
    const [w, h] = [R * 0.9, R * 0.35];
    ctx.ellipse(x, y - R + h, w, h, 0, 0, 2 * Math.PI);
    for (const level of [0, 1]) {
      const bottom = y + (level === 0 ? 0 : R - h);
      ctx.moveTo(x + w, bottom);
      ctx.ellipse(x, bottom, w, h, 0, 0, Math.PI);
    }
    ctx.moveTo(x - w, y - R + h);
    ctx.lineTo(x - w, y + R - h);
    ctx.moveTo(x + w, y - R + h);
    ctx.lineTo(x + w, y + R - h);
  },
  messaging: (ctx, x, y) => {
    for (const slot of [-1, 0, 1]) {
      ctx.rect(x + slot * 5 - 2, y - R * 0.75, 4, R * 1.5);
    }
  },
  external: (ctx, x, y) => {
    ctx.arc(x, y, R, 0, 2 * Math.PI);
    ctx.moveTo(x - R, y);
    ctx.lineTo(x + R, y);
    ctx.moveTo(x + R * 0.45, y);
    ctx.ellipse(x, y, R * 0.45, R, 0, 0, 2 * Math.PI);
  },
  user: (ctx, x, y) => {
    ctx.arc(x, y - 3, 3.5, 0, 2 * Math.PI);
    ctx.moveTo(x - R, y + R);
    ctx.arc(x, y + R, R, Math.PI, 2 * Math.PI);
  },
};

/** Draws the icon of a node's kind, centred, `ICON_HEIGHT` units high times `scale`. */
export function drawKindIcon(ctx: Ink, kind: MapNodeKind, x: number, y: number, colour: string, scale = 1): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  PATHS[kind](ctx, 0, 0);
  ctx.stroke();
  ctx.restore();
}
