/** @jest-environment jsdom */
import fc from 'fast-check';
import { SvgInk } from './svg-ink';

const measure = { font: '', measureText: (text: string) => ({ width: text.length * 6 }) as TextMetrics };

function parse(svg: string): Document {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  return parsed;
}

describe('SvgInk', () => {
  it('is well-formed and shows every text as text, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)), fc.constantFrom('<script>alert(1)</script>', '"><image href="javascript:alert(1)"/>', '&lt;', ']]>', '\u0000\ud800')), (text) => {
        const ink = new SvgInk(measure);
        ink.fillStyle = text;
        ink.font = `500 13px ${text}`;
        ink.fillText(text, 1, 2);
        const parsed = parse(ink.document(10, 10, '#fff'));
        expect([...parsed.documentElement.children].map(({ tagName }) => tagName)).toEqual(['rect', 'text']);
      }),
      { seed: 3 }
    );
  });

  it('keeps the space that a shape was drawn in', () => {
    const ink = new SvgInk(measure);
    ink.save();
    ink.translate(10, 20);
    ink.scale(2, 2);
    ink.translate(1, 1);
    ink.fillRect(0, 0, 5, 5);
    ink.restore();
    ink.fillRect(0, 0, 1, 1);
    const transforms = [...parse(ink.document(100, 100, '#fff')).querySelectorAll('rect')].map((rect) => rect.getAttribute('transform'));
    expect(transforms).toEqual([null, 'matrix(2 0 0 2 12 22)', null]);
  });

  it('draws a full circle', () => {
    const ink = new SvgInk(measure);
    ink.beginPath();
    ink.arc(10, 10, 5, 0, 2 * Math.PI);
    ink.fill();
    expect(parse(ink.document(20, 20, '#fff')).querySelector('path')?.getAttribute('d')).toBe('M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10');
  });
});
