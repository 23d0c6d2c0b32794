/** Literals of TraceQL: texts, numbers, durations, and the words that stand for a value. */
import type { Expression, Static } from './ast';
import type { TokenStream } from './token-stream';

const STATUSES = ['unset', 'ok', 'error'];
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/**
 * The literal that the current token is; undefined where it is none. Does not advance.
 * @throws TraceQlError where a whole number has more than 64 bits
 */
export function staticOf(tokens: TokenStream): Static | undefined {
  const token = tokens.current;
  switch (token.kind) {
    case 'string':
      return { kind: 'static', type: 'string', value: token.value };
    case 'int':
      return BigInt.asIntN(64, token.value) === token.value ? { kind: 'static', type: 'int', value: token.value } : tokens.unexpected();
    case 'float':
      return { kind: 'static', type: 'float', value: token.value };
    case 'duration':
      return { kind: 'static', type: 'duration', value: token.valueNs, text: token.text };
    case 'word':
      return staticWord(token.text);
    default:
      return undefined;
  }
}

function staticWord(word: string): Static | undefined {
  if (word === 'true' || word === 'false') {
    return { kind: 'static', type: 'bool', value: word === 'true' };
  }
  if (word === 'nil') {
    return { kind: 'static', type: 'nil' };
  }
  if (STATUSES.includes(word)) {
    return { kind: 'static', type: 'status', value: STATUSES.indexOf(word), text: word };
  }
  if (KINDS.includes(word)) {
    return { kind: 'static', type: 'kind', value: KINDS.indexOf(word), text: word };
  }
  return undefined;
}

/** Minus in front: folded into a number, so that `-5` is a literal. */
export function negated(operand: Expression): Expression {
  if (operand.kind === 'static') {
    switch (operand.type) {
      case 'int':
        return { ...operand, value: -operand.value };
      case 'float':
        return { ...operand, value: -operand.value };
      case 'duration':
        return { ...operand, value: -operand.value, text: `-${operand.text}` };
      default:
    }
  }
  return { kind: 'unary', op: '-', operand };
}
