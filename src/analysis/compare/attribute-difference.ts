/** Which attribute values are more frequent in one cohort of traces than in the other. */
import { AttributeIndex, type AttributeValue } from './attribute-index';
import type { Cohort } from './cohort';
import { adjusted, shareSignificance } from './significance';

export interface AttributeDifference extends AttributeValue {
  /** Traces with a span (resource) that has the value. */
  readonly leftCount: number;
  readonly rightCount: number;
  /** Of the cohort's traces, in [0, 1]. */
  readonly leftShare: number;
  readonly rightShare: number;
  /** Right share minus left share. */
  readonly difference: number;
  readonly z: number;
  /** Two-sided, of this value alone. */
  readonly p: number;
  /** Chance that any of all compared values differs so much by chance. */
  readonly adjustedP: number;
}

export interface AttributeComparison {
  /** The values that differ most and not by chance first. */
  readonly differences: readonly AttributeDifference[];
  /** How many values were compared. */
  readonly comparedCount: number;
  /** Keys with too many values to compare: ids and the like. */
  readonly crowdedKeys: readonly string[];
}

/** Compares in how many traces each value occurs. Both cohorts must have traces. */
export function attributeDifference(left: Cohort, right: Cohort, limit = 100): AttributeComparison {
  const index = new AttributeIndex();
  const leftCounts = countTraces(index, left);
  const rightCounts = countTraces(index, right);
  const [leftTotal, rightTotal] = [left.traces.length, right.traces.length];
  const compared = [...index.values.keys()].filter((number) => !index.isCrowded(index.values[number]));
  const comparedCount = compared.length;
  const differences = compared.map((number): AttributeDifference => {
    const leftCount = leftCounts[number] ?? 0;
    const rightCount = rightCounts[number] ?? 0;
    const { z, p } = shareSignificance(leftCount, leftTotal, rightCount, rightTotal);
    const [leftShare, rightShare] = [leftCount / leftTotal, rightCount / rightTotal];
    return { ...index.values[number], leftCount, rightCount, leftShare, rightShare, difference: rightShare - leftShare, z, p, adjustedP: adjusted(p, comparedCount) };
  });
  const weight = ({ difference, adjustedP }: AttributeDifference) => Math.abs(difference) * (1 - adjustedP);
  differences.sort((a, b) => weight(b) - weight(a) || Math.abs(b.z) - Math.abs(a.z));
  return { differences: differences.slice(0, limit), comparedCount, crowdedKeys: index.crowdedKeys };
}

/** In how many traces of the cohort each value occurs, by its number. */
function countTraces(index: AttributeIndex, { set, traces }: Cohort): Uint32Array {
  let counts = new Uint32Array(1024);
  let lastTrace = new Uint32Array(1024);
  let tick = 0;
  const see = (number: number) => {
    if (number >= counts.length) {
      counts = grown(counts, 2 * number);
      lastTrace = grown(lastTrace, 2 * number);
    }
    if (lastTrace[number] !== tick) {
      lastTrace[number] = tick;
      counts[number]++;
    }
  };
  const { scope } = set.columns;
  for (const trace of traces) {
    tick++;
    let lastScope = -1;
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      index.forEachOfSpan(set, row, see);
      if (scope[row] !== lastScope) {
        lastScope = scope[row];
        index.numbersOfResource(set, row).forEach(see);
      }
    }
  }
  return counts;
}

function grown(from: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(length);
  to.set(from);
  return to;
}
