import type { Rect } from '../spaces';

/** Points of a curve that are looked at; cards are wider than the distance between two. */
const SAMPLES = 24;
/** Cards keep this much air, so that an edge does not touch them. */
const AIR = 6;

/** How far the two control points are pushed down (up where negative), the smallest bow first. */
const BOWS: ReadonlyArray<readonly [number, number]> = [50, 100, 160, 230].flatMap((bow) =>
  [bow, -bow].flatMap((b) => [[b, 0], [0, b], [b, b]] as const)
);

/**
 * The curve, bowed as little as needed to pass behind as few cards as possible.
 *
 * @param curve cubic Bézier, x0 y0 … x3 y3; its ends stay
 * @param cards without those that the edge joins
 */
export function clearCurve(curve: readonly number[], cards: readonly Rect[]): readonly number[] {
  const [left, right] = [Math.min(...xs(curve)), Math.max(...xs(curve))];
  const inTheWay = cards.filter((card) => card.x < right && card.x + card.width > left);
  let best = curve;
  let fewest = hiddenSamples(curve, inTheWay);
  for (const [first, second] of BOWS) {
    if (fewest === 0) {
      return best;
    }
    const bowed = curve.map((value, i) => value + (i === 3 ? first : i === 5 ? second : 0));
    const hidden = hiddenSamples(bowed, inTheWay);
    if (hidden < fewest) {
      best = bowed;
      fewest = hidden;
    }
  }
  return best;
}

const xs = (curve: readonly number[]) => curve.filter((_, i) => i % 2 === 0);

function hiddenSamples(curve: readonly number[], cards: readonly Rect[]): number {
  let hidden = 0;
  for (let sample = 1; sample < SAMPLES; sample++) {
    const t = sample / SAMPLES;
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    const x = a * curve[0] + b * curve[2] + c * curve[4] + d * curve[6];
    const y = a * curve[1] + b * curve[3] + c * curve[5] + d * curve[7];
    hidden += cards.some((card) => x > card.x - AIR && x < card.x + card.width + AIR && y > card.y - AIR && y < card.y + card.height + AIR) ? 1 : 0;
  }
  return hidden;
}
