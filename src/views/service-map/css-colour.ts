/**
 * A colour that came with data, for canvas and style alike; undefined for what is none: a canvas would paint it in whatever
 * colour came before, and a style could fetch an address.
 */
export function cssColour(text: string | undefined): string | undefined {
  const isColour = text !== undefined && /^[#\w\s(),.%/-]{1,64}$/.test(text) && !/url/i.test(text);
  // Not every place that runs this knows CSS.
  return isColour && (globalThis.CSS?.supports?.('color', text) ?? true) ? text : undefined;
}
