/**
 * What can stand at a place of a TraceQL query that is still being typed. A scan of tokens, not a parse: what is not
 * finished has no tree. Source: TraceQL's language reference, https://grafana.com/docs/tempo/latest/traceql/.
 */
export type Expected =
  /** `{ … }` */
  | { readonly kind: 'spanset' }
  /** An attribute or an intrinsic field. */
  | { readonly kind: 'field' }
  | { readonly kind: 'comparison' }
  /** Of the field before the comparison. */
  | { readonly kind: 'value'; readonly field: string }
  /** `&&`, `||` within braces. */
  | { readonly kind: 'connective' }
  /** `|`, or how another span set is related, after a span set. */
  | { readonly kind: 'relation' }
  /** A function, after `|`. */
  | { readonly kind: 'stage' };

export interface Place {
  readonly expected: Expected;
  /** Where the token that is being typed begins; the place itself where none is. */
  readonly from: number;
}

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"?|`[^`]*`?|&&|\|\||=~|!~|!=|>=|<=|>>|<<|[={}()!<>|~+*/%^,&-]|[\w.:$](?:[\w.:$/-]|"(?:[^"\\]|\\.)*"?)*|./gsu;
const COMPARISONS = new Set(['=', '!=', '=~', '!~', '>', '>=', '<', '<=']);

/** @param text the query up to the caret */
export function placeAtEnd(text: string): Place {
  let expected: Expected = { kind: 'spanset' };
  let from = text.length;
  let isInBraces = false;
  let field = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isLast = index + token.length === text.length;
    if (/^\s/.test(token)) {
      continue;
    }
    const isWord = /^[\w.:$"`]/.test(token);
    if (isLast && isWord && !isClosedString(token)) {
      from = index;
      break;
    }
    if (token === '{') {
      isInBraces = true;
      expected = { kind: 'field' };
    } else if (token === '}') {
      isInBraces = false;
      expected = { kind: 'relation' };
    } else if (isInBraces) {
      if (isWord && expected.kind !== 'value') {
        field = token;
      }
      expected = withinBraces(token, expected, field);
    } else {
      expected = betweenSpansets(token, isWord, expected);
    }
  }
  return { expected, from };
}

const isClosedString = (token: string): boolean => token.length > 1 && /^["`]/.test(token) && token.endsWith(token[0]);

function withinBraces(token: string, expected: Expected, field: string): Expected {
  if (COMPARISONS.has(token)) {
    return { kind: 'value', field };
  }
  if (/^[\w.:$"`]/.test(token)) {
    return expected.kind === 'value' ? { kind: 'connective' } : { kind: 'comparison' };
  }
  return token === ')' ? { kind: 'connective' } : { kind: 'field' };
}

function betweenSpansets(token: string, isWord: boolean, expected: Expected): Expected {
  if (token === '|') {
    return { kind: 'stage' };
  }
  if (token === ')') {
    return { kind: 'relation' };
  }
  if (token === '(') {
    // The arguments of a function, or a span set in parentheses.
    return expected.kind === 'stage' ? { kind: 'field' } : { kind: 'spanset' };
  }
  if (token === ',') {
    return { kind: 'field' };
  }
  return isWord ? expected : { kind: 'spanset' };
}
