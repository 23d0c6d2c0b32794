import type { Ink } from './ink';

/** What `save` keeps. */
interface State {
  readonly globalAlpha: number;
  readonly fillStyle: Ink['fillStyle'];
  readonly strokeStyle: Ink['strokeStyle'];
  readonly lineWidth: number;
  readonly lineCap: CanvasLineCap;
  readonly lineJoin: CanvasLineJoin;
  readonly font: string;
  readonly textAlign: CanvasTextAlign;
  readonly textBaseline: CanvasTextBaseline;
  readonly dash: readonly number[];
  readonly matrix: readonly [scaleX: number, scaleY: number, x: number, y: number];
}

const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };

/** Records what is drawn as an SVG document. Nothing that is drawn gets into it unescaped: names come from traces. */
export class SvgInk implements Ink {
  globalAlpha = 1;
  fillStyle: Ink['fillStyle'] = '#000';
  strokeStyle: Ink['strokeStyle'] = '#000';
  lineWidth = 1;
  lineCap: CanvasLineCap = 'butt';
  lineJoin: CanvasLineJoin = 'miter';
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  private dash: readonly number[] = [];
  private matrix: State['matrix'] = [1, 1, 0, 0];
  private readonly saved: State[] = [];
  private readonly elements: string[] = [];
  private path: string[] = [];

  /** @param measure knows the widths of texts, as a canvas does */
  constructor(private readonly measure: Pick<CanvasRenderingContext2D, 'measureText' | 'font'>) {}

  /** The document, with a background of one colour. */
  document(widthPx: number, heightPx: number, background: string): string {
    const [width, height] = [number(widthPx), number(heightPx)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
      ...this.elements,
      '</svg>',
      '',
    ].join('\n');
  }

  save(): void {
    const { globalAlpha, fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, font, textAlign, textBaseline, dash, matrix } = this;
    this.saved.push({ globalAlpha, fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, font, textAlign, textBaseline, dash, matrix });
  }

  restore(): void {
    Object.assign(this, this.saved.pop());
  }

  translate(x: number, y: number): void {
    const [scaleX, scaleY, dx, dy] = this.matrix;
    this.matrix = [scaleX, scaleY, dx + x * scaleX, dy + y * scaleY];
  }

  scale(x: number, y: number): void {
    const [scaleX, scaleY, dx, dy] = this.matrix;
    this.matrix = [scaleX * x, scaleY * y, dx, dy];
  }

  setLineDash(segments: Iterable<number>): void {
    this.dash = [...segments];
  }

  beginPath(): void {
    this.path = [];
  }

  closePath(): void {
    this.path.push('Z');
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${number(x)} ${number(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path.push(`C${[x1, y1, x2, y2, x, y].map(number).join(' ')}`);
  }

  arc(x: number, y: number, radius: number, start: number, end: number): void {
    this.ellipse(x, y, radius, radius, 0, start, end);
  }

  /** Clockwise; in two halves, because one arc of SVG cannot be a whole ellipse. */
  ellipse(x: number, y: number, rx: number, ry: number, rotation: number, start: number, end: number): void {
    if (rotation !== 0) {
      throw new RangeError(`expected an ellipse that is not turned, actual rotation: ${rotation}`);
    }
    const middle = (start + end) / 2;
    this.lineTo(x + rx * Math.cos(start), y + ry * Math.sin(start));
    for (const angle of [middle, end]) {
      this.path.push(`A${number(rx)} ${number(ry)} 0 0 1 ${number(x + rx * Math.cos(angle))} ${number(y + ry * Math.sin(angle))}`);
    }
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(`M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`);
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const [r, w, h] = [number(radius), number(width - 2 * radius), number(height - 2 * radius)];
    const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${number(dx * radius)} ${number(dy * radius)}`;
    this.path.push(`M${number(x + radius)} ${number(y)}h${w}${corner(1, 1)}v${h}${corner(-1, 1)}h-${w}${corner(-1, -1)}v-${h}${corner(1, -1)}Z`);
  }

  fill(): void {
    this.element('path', { d: this.path.join(''), fill: String(this.fillStyle) });
  }

  stroke(): void {
    this.element('path', {
      d: this.path.join(''),
      fill: 'none',
      stroke: String(this.strokeStyle),
      'stroke-width': number(this.lineWidth),
      'stroke-linecap': this.lineCap,
      'stroke-linejoin': this.lineJoin,
      ...(this.dash.length > 0 ? { 'stroke-dasharray': this.dash.map(number).join(' ') } : {}),
    });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.element('rect', { x: number(x), y: number(y), width: number(width), height: number(height), fill: String(this.fillStyle) });
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight, sizePx, family] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(this.font) ?? [];
    this.element(
      'text',
      {
        x: number(x),
        y: number(y),
        fill: String(this.fillStyle),
        'font-family': family ?? 'sans-serif',
        'font-size': sizePx ?? '10',
        ...(weight === undefined ? {} : { 'font-weight': weight }),
        'text-anchor': ANCHORS[this.textAlign],
        'dominant-baseline': this.textBaseline === 'middle' ? 'central' : 'alphabetic',
      },
      escaped(text)
    );
  }

  measureText(text: string): TextMetrics {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  private element(name: string, attributes: Readonly<Record<string, string>>, content?: string): void {
    const [scaleX, scaleY, x, y] = this.matrix;
    const all = {
      ...attributes,
      ...(this.globalAlpha < 1 ? { opacity: number(this.globalAlpha) } : {}),
      ...(scaleX === 1 && scaleY === 1 && x === 0 && y === 0 ? {} : { transform: `matrix(${number(scaleX)} 0 0 ${number(scaleY)} ${number(x)} ${number(y)})` }),
    };
    const start = [name, ...Object.entries(all).map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
    this.elements.push(content === undefined ? `<${start}/>` : `<${start}>${content}</${name}>`);
  }
}

/** As short as a thousandth of a pixel allows. */
const number = (value: number): string => String(Math.round(value * 1000) / 1000);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => Array.from(text, (sign) => ENTITIES[sign] ?? (isXmlCharacter(sign) ? sign : '\ufffd')).join('');

/** XML 1.0 knows no control characters and no halves of surrogate pairs, not even escaped. */
function isXmlCharacter(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x20 ? code === 0x9 || code === 0xa || code === 0xd : (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
