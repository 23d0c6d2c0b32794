/** The text, cut to fit the room in the context's current font. */
export function ellipsis(ctx: Pick<CanvasRenderingContext2D, 'measureText'>, text: string, roomPx: number): string {
  if (ctx.measureText(text).width <= roomPx) {
    return text;
  }
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= roomPx) {
      fits = middle;
    } else {
      tooLong = middle;
    }
  }
  return `${text.slice(0, fits)}…`;
}
