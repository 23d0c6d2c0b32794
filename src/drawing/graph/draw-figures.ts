import { formatPercent } from '../format-figures';
import { ellipsis } from './ellipsis';
import type { Ink } from './ink';
import { errorRatio, type MapNode } from './map-model';
import type { MapPalette } from './map-palette';
import { errorColour, type MapStyle } from './map-style';
import { readableColour } from './readable-colour';

/** Where a node's figures are written: left end, room to the right, size of the text. In the context's units. */
export interface FiguresPlace {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly fontSize: number;
}

/** Between two figures, and where that is too long. */
const SEPARATORS = [' · ', ' '] as const;

/**
 * Writes figures one behind the other, the share of errors last in its colour. The share stays where room is short: it is
 * what one looks for. Other figures are left out whole: half a number is another number.
 *
 * @param figures separated as `nodeLabel` does
 */
export function drawFigures(ctx: Ink, node: MapNode, figures: string, { x, y, room, fontSize }: FiguresPlace, style: MapStyle, palette: MapPalette): void {
  ctx.font = `${fontSize}px ${palette.fontFamily}`;
  const errors = node.errorCount > 0 ? formatPercent(errorRatio(node)) : undefined;
  const parts = figures.split(SEPARATORS[0]);
  const written = (count: number, separator: string) => ({ calm: parts.slice(0, count).join(separator), ending: errors === undefined ? '' : separator + errors });
  const fits = ({ calm, ending }: ReturnType<typeof written>) => ctx.measureText(calm + ending).width <= room;
  const shorter = parts.flatMap((_, left) => SEPARATORS.map((separator) => written(parts.length - left, separator)));
  const { calm, ending } = shorter.find(fits) ?? written(1, SEPARATORS[1]);
  const shown = ellipsis(ctx, calm, room - ctx.measureText(ending).width);
  ctx.fillStyle = palette.textFaint;
  ctx.fillText(shown, x, y);
  if (errors !== undefined) {
    const colour = errorColour(node, style);
    ctx.fillStyle = colour === undefined ? palette.textFaint : readableColour(colour, palette.card);
    ctx.fillText(ending, x + ctx.measureText(shown).width, y);
  }
}
