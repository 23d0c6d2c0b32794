/** What a comparison says of a value of each type. A value of another type than asked for never matches. */
import { valueText, type AnyValue } from '../../trace';
import type { Comparison, Order } from './expression';

export function numberTest(comparison: Comparison): (value: number) => boolean {
  if (comparison.kind === 'number') {
    const { order, value: wanted } = comparison;
    return (value) => !Number.isNaN(value) && holds(order, value - wanted);
  }
  const test = textTest(comparison);
  return (value) => test(String(value));
}

export function textTest(comparison: Comparison): (value: string) => boolean {
  switch (comparison.kind) {
    case 'number': {
      // Numbers sent as text, as Zipkin does, compare as numbers.
      const test = numberTest(comparison);
      return (value) => value === comparison.text ? holds(comparison.order, 0) : value.trim() !== '' && test(Number(value));
    }
    case 'text': {
      const { order, value: wanted } = comparison;
      return (value) => holds(order, value < wanted ? -1 : value > wanted ? 1 : 0);
    }
    case 'boolean':
      return (value) => (value === String(comparison.value)) === (comparison.order === '=');
    case 'regex': {
      const { regex, negated } = comparison;
      // The same few values come again and again.
      const known = new Map<string, boolean>();
      return (value) => {
        let matches = known.get(value);
        if (matches === undefined) {
          matches = regex.test(value) !== negated;
          if (known.size < MOST_KNOWN) {
            known.set(value, matches);
          }
        }
        return matches;
      };
    }
  }
}

const MOST_KNOWN = 1000;

export function booleanTest(comparison: Comparison): (value: boolean) => boolean {
  const test = textTest(comparison);
  return (value) => test(String(value));
}

/** Of an attribute. An array matches if one of its items does. */
export function anyValueTest(comparison: Comparison): (value: AnyValue) => boolean {
  const ofNumber = numberTest(comparison);
  const ofText = textTest(comparison);
  const test = (value: AnyValue): boolean => {
    switch (value.kind) {
      case 'string':
        return ofText(value.value);
      case 'int':
        return comparison.kind === 'number' ? intTest(comparison, value.value) : ofText(String(value.value));
      case 'double':
        return ofNumber(value.value);
      case 'array':
        return value.value.some(test);
      default:
        return ofText(valueText(value));
    }
  };
  return test;
}

/** Exact beyond 2^53 where the filter's number is an integer without unit. */
function intTest({ order, value: wanted, text }: Extract<Comparison, { kind: 'number' }>, value: bigint): boolean {
  const exact = /^[-+]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  return exact === undefined ? holds(order, Number(value) - wanted) : holds(order, value < exact ? -1 : value > exact ? 1 : 0);
}

function holds(order: Order, difference: number): boolean {
  switch (order) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}
