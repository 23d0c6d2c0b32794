import { eachFrame, FRAME_HEIGHT_PX, frameBox, type FlameLayout, type FlameView } from './flame-layout';

export interface FlamePalette {
  readonly background: string;
  readonly text: string;
  /** Of frames too narrow to be told apart. */
  readonly narrow: string;
  readonly focus: string;
  readonly error: string;
  readonly fontFamily: string;
}

export interface FlameScene {
  readonly layout: FlameLayout;
  readonly nameOf: (node: number) => string;
  readonly colourOf: (node: number) => string;
  readonly hasError: (node: number) => boolean;
  /** 1 a frame that was found; the others are drawn faint. */
  readonly found: Uint8Array | undefined;
  readonly focused: number | undefined;
}

const NOT_FOUND_OPACITY = 0.25;
const TEXT_INSET_PX = 4;
const MIN_TEXT_PX = 24;

/** Draws the frames in view, a unit being one CSS pixel. */
export function drawFlame(ctx: CanvasRenderingContext2D, scene: FlameScene, view: FlameView, palette: FlamePalette): void {
  ctx.font = `11px ${palette.fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const charPx = ctx.measureText('abcdefghij').width / 10;
  /** Narrow frames of one level that touch are one rectangle. */
  let narrow = { topPx: NaN, fromPx: 0, toPx: 0 };
  const drawNarrow = () => {
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.narrow;
    ctx.fillRect(narrow.fromPx, narrow.topPx, narrow.toPx - narrow.fromPx, FRAME_HEIGHT_PX - 1);
  };
  eachFrame(scene.layout, view, (node, { leftPx, widthPx, topPx }, isNarrow) => {
    if (isNarrow) {
      if (narrow.topPx === topPx && leftPx - narrow.toPx < 1) {
        narrow.toPx = leftPx + widthPx;
      } else {
        drawNarrow();
        narrow = { topPx, fromPx: leftPx, toPx: leftPx + widthPx };
      }
      return;
    }
    ctx.globalAlpha = scene.found && scene.found[node] !== 1 ? NOT_FOUND_OPACITY : 1;
    ctx.fillStyle = scene.colourOf(node);
    ctx.fillRect(leftPx, topPx, Math.max(MIN_GAPLESS_PX, widthPx - 1), FRAME_HEIGHT_PX - 1);
    if (scene.hasError(node)) {
      ctx.fillStyle = palette.error;
      ctx.fillRect(leftPx, topPx + FRAME_HEIGHT_PX - 4, Math.max(MIN_GAPLESS_PX, widthPx - 1), 3);
    }
    if (widthPx >= MIN_TEXT_PX) {
      ctx.fillStyle = palette.text;
      ctx.fillText(fitted(scene.nameOf(node), (widthPx - 2 * TEXT_INSET_PX) / charPx), leftPx + TEXT_INSET_PX, topPx + FRAME_HEIGHT_PX / 2);
    }
  });
  drawNarrow();
  ctx.globalAlpha = 1;
  if (scene.focused !== undefined) {
    const { leftPx, widthPx, topPx } = frameBox(scene.layout, view, scene.focused);
    ctx.strokeStyle = palette.focus;
    ctx.lineWidth = 2;
    ctx.strokeRect(leftPx + 1, topPx + 1, Math.max(2, widthPx - 3), FRAME_HEIGHT_PX - 3);
  }
}

/** A frame gives up its gap to the next one rather than vanish. */
const MIN_GAPLESS_PX = 0.5;

const fitted = (text: string, charCount: number): string => (text.length <= charCount ? text : `${text.slice(0, Math.max(1, Math.floor(charCount) - 1))}…`);
