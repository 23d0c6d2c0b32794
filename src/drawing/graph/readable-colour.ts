/** WCAG 2 asks for this contrast of text. */
const TEXT_CONTRAST = 4.5;
/** Mixtures that are tried, from the colour itself to black or white. */
const STEPS = 20;

type Rgb = readonly [red: number, green: number, blue: number];

/**
 * A colour for text that reads on a background: the colour itself, or one darker or lighter than it, as far as a contrast of
 * 4.5 : 1 asks for. A threshold's orange is a fine line on white, but no text.
 *
 * @param colour hexadecimal or rgb(); any other CSS colour is returned as it is, and so is any on a background of another form
 */
export function readableColour(colour: string, background: string): string {
  const [ink, paper] = [parseColour(colour), parseColour(background)];
  if (!ink || !paper) {
    return colour;
  }
  const end: Rgb = contrast([0, 0, 0], paper) > contrast([255, 255, 255], paper) ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step <= STEPS; step++) {
    const mixed = ink.map((channel, c) => Math.round(channel + ((end[c] - channel) * step) / STEPS)) as unknown as Rgb;
    if (contrast(mixed, paper) >= TEXT_CONTRAST) {
      return step === 0 ? colour : `rgb(${mixed.join(', ')})`;
    }
  }
  return `rgb(${end.join(', ')})`;
}

/** WCAG 2's contrast ratio of two colours, from 1 to 21; undefined where one of them is of a form that is not read. */
export function contrastRatio(a: string, b: string): number | undefined {
  const [first, second] = [parseColour(a), parseColour(b)];
  return first && second && contrast(first, second);
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function parseColour(colour: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1];
  if (hex) {
    const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
    return [0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const channels = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(colour.trim());
  return channels ? [Number(channels[1]), Number(channels[2]), Number(channels[3])] : undefined;
}
