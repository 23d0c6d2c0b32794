import type { Rect } from '../spaces';

/** Points of a curve that are looked at: less than the height of a card lies between two, except on the longest. */
const SAMPLES = 40;
/** Cards keep this much air, so that an edge does not touch them. */
const AIR = 6;

type Push = readonly [first: number, second: number];

/** To one side: what the eye follows most easily. */
const ARCS = (b: number): Push[] => [[b, 0], [0, b], [b, b], [b, b / 2], [b / 2, b]];
/** To both, which may come near the edge that runs straight from the same card. */
const WAVES = (b: number): Push[] => [[b, -b], [b, -b / 2], [-b / 2, b]];
const SIZES = [40, 80, 130, 190, 260, 340, 440];
const eachSide = (pushes: (bow: number) => Push[]): Push[] => SIZES.flatMap((bow) => [...pushes(bow), ...pushes(-bow)]);

/** How far the two control points are pushed down (up where negative), what is preferred first. */
const LEVEL: readonly Push[] = [...eachSide(ARCS), ...eachSide(WAVES)];
/** The other way than the target a curve turns twice and comes near the edges that run there. */
const DOWNWARD: readonly Push[] = [...SIZES.flatMap(ARCS), ...SIZES.flatMap((bow) => ARCS(-bow)), ...eachSide(WAVES)];
const UPWARD: readonly Push[] = DOWNWARD.map(([first, second]) => [-first, -second]);

/**
 * The curve, bowed as little as needed to pass behind as few cards as possible, rather towards its target than away from it.
 *
 * @param curve cubic Bézier, x0 y0 … x3 y3; its ends stay
 * @param cards without those that the edge joins
 */
export function clearCurve(curve: readonly number[], cards: readonly Rect[]): readonly number[] {
  const samples = samplesOf(curve, cards);
  let best = curve;
  let fewest = hiddenSamples(samples, 0, 0, Infinity);
  const riseY = curve[7] - curve[1];
  for (const [first, second] of riseY === 0 ? LEVEL : riseY > 0 ? DOWNWARD : UPWARD) {
    if (fewest === 0) {
      return best;
    }
    const hidden = hiddenSamples(samples, first, second, fewest);
    if (hidden < fewest) {
      best = curve.map((value, i) => value + (i === 3 ? first : i === 5 ? second : 0));
      fewest = hidden;
    }
  }
  return best;
}

/** A point of the curve. Bows push it up and down alone, so that the cards above and below it are the same for all of them. */
interface Sample {
  readonly y: number;
  /** Parts of the push of the first and the second control point that reach it. */
  readonly ofFirst: number;
  readonly ofSecond: number;
  /** Top and bottom of each of these cards, with the air around them. */
  readonly cards: ReadonlyArray<readonly [topY: number, bottomY: number]>;
}

/** The points that have cards above, below or over them. */
function samplesOf(curve: readonly number[], cards: readonly Rect[]): Sample[] {
  const xs = curve.filter((_, i) => i % 2 === 0);
  const [leftX, rightX] = [Math.min(...xs) - AIR, Math.max(...xs) + AIR];
  const between = cards.filter((card) => card.x < rightX && card.x + card.width > leftX);
  const samples: Sample[] = [];
  for (let sample = 1; sample < SAMPLES; sample++) {
    const t = sample / SAMPLES;
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    const x = a * curve[0] + b * curve[2] + c * curve[4] + d * curve[6];
    const column = between.filter((card) => x > card.x - AIR && x < card.x + card.width + AIR);
    if (column.length > 0) {
      const y = a * curve[1] + b * curve[3] + c * curve[5] + d * curve[7];
      samples.push({ y, ofFirst: b, ofSecond: c, cards: column.map((card) => [card.y - AIR, card.y + card.height + AIR] as const) });
    }
  }
  return samples;
}

/** @param enough the count is not continued past this many */
function hiddenSamples(samples: readonly Sample[], first: number, second: number, enough: number): number {
  let hidden = 0;
  for (let i = 0; i < samples.length && hidden < enough; i++) {
    const { ofFirst, ofSecond, cards } = samples[i];
    const y = samples[i].y + ofFirst * first + ofSecond * second;
    hidden += cards.some(([topY, bottomY]) => y > topY && y < bottomY) ? 1 : 0;
  }
  return hidden;
}
