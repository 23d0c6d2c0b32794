/** Splits a filter into tokens. What cannot be part of one becomes a token of kind `unknown`, for the parser to report. */

export type TokenKind = 'word' | 'string' | 'number' | 'operator' | 'open' | 'close' | 'comma' | 'and' | 'or' | 'not' | 'unknown' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As typed; of a string its content, unescaped. */
  readonly text: string;
  /** Characters [from, to). */
  readonly from: number;
  readonly to: number;
}

/**
 * One pattern a kind, tried in this order. Each is anchored and without nested repetition, so none can backtrack badly.
 * A word may have quoted parts: span."odd key".
 */
const PATTERNS: ReadonlyArray<readonly [TokenKind | 'space', RegExp]> = [
  ['space', /\s+/y],
  ['and', /&&|and(?![\w.:/*@-])/iy],
  ['or', /\|\||or(?![\w.:/*@-])/iy],
  ['operator', /=~|!~|!=|<=|>=|==|=|<|>/y],
  ['not', /!|not(?![\w.:/*@-])/iy],
  ['open', /\(/y],
  ['close', /\)/y],
  ['comma', /,/y],
  ['number', /[-+]?\d+(?:\.\d+)?(?:[a-zA-Zµμ]+|%)?(?![\w.:/-])/y],
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/sy],
  ['word', /\.?[\p{L}_\d*](?:[\p{L}\d_.:/*@-]|(?<=\.)"(?:[^"\\]|\\.)*")*/uy],
  ['unknown', /./suy],
];

/** The tokens of a text from left to right; the last is always of kind `end`. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) {
        if (kind !== 'space') {
          tokens.push({ kind, text: kind === 'string' ? contentOf(found) : found, from: at, to: at + found.length });
        }
        at += found.length;
        break;
      }
    }
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * The text inside the quotes. A backslash before anything but a quote or itself stays, so that regular expressions need no
 * doubled ones (`"\d+"`); backquotes have no escapes at all.
 */
function contentOf(quoted: string): string {
  const content = quoted.slice(1, -1);
  return quoted[0] === '`' ? content : content.replace(/\\(["'\\])/g, '$1');
}

/** A field's name as the vocabulary looks it up: quoted parts without their quotes. */
export function fieldName(word: string): string {
  return word.replace(/"((?:[^"\\]|\\.)*)"/gs, (_, content: string) => content.replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char));
}
