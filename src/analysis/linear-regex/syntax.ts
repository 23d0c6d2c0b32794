/**
 * Regular expressions as a tree. The syntax is the common part of RE2's and JavaScript's: what needs backtracking (back
 * references, look-around, word boundaries) is refused. Groups do not capture, laziness makes no difference to a yes or no.
 */

/** Inclusive ranges of UTF-16 code units, sorted and disjoint. */
export type CharSet = ReadonlyArray<readonly [number, number]>;

export type RegexNode =
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly min: number; readonly max: number };

/** What is wrong with a pattern, and at which of its characters. */
export class RegexError extends Error {
  constructor(
    message: string,
    readonly at: number
  ) {
    super(message);
    this.name = 'RegexError';
  }
}

const MAX_REPEAT = 1000;
const MAX_NESTING = 100;
const LAST = 0xffff;

const DIGITS: CharSet = [[0x30, 0x39]];
const WORD: CharSet = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: CharSet = [[9, 13], [32, 32], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]];
const NOT_NEWLINE: CharSet = complement([[10, 10], [13, 13], [0x2028, 0x2029]]);
const CLASSES: Readonly<Record<string, CharSet>> = { d: DIGITS, D: complement(DIGITS), w: WORD, W: complement(WORD), s: SPACE, S: complement(SPACE) };
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

/** @throws RegexError */
export function parseRegex(pattern: string): RegexNode {
  return new RegexParser(pattern).parse();
}

class RegexParser {
  private at = 0;
  private depth = 0;
  private readonly ignoreCase: boolean;

  constructor(private readonly pattern: string) {
    this.ignoreCase = pattern.startsWith('(?i)');
    this.at = this.ignoreCase ? 4 : 0;
  }

  parse(): RegexNode {
    const node = this.choice();
    if (this.at < this.pattern.length) {
      throw new RegexError('unmatched )', this.at);
    }
    return node;
  }

  private choice(): RegexNode {
    const options = [this.sequence()];
    while (this.take('|')) {
      options.push(this.sequence());
    }
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at])) {
      items.push(this.repeated());
    }
    return items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  private repeated(): RegexNode {
    let item = this.atom();
    for (let bounds = this.bounds(); bounds !== undefined; bounds = this.bounds()) {
      item = { kind: 'repeat', item, ...bounds };
      this.take('?');
    }
    return item;
  }

  private bounds(): { min: number; max: number } | undefined {
    if (this.take('*')) {
      return { min: 0, max: Infinity };
    }
    if (this.take('+')) {
      return { min: 1, max: Infinity };
    }
    if (this.take('?')) {
      return { min: 0, max: 1 };
    }
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.pattern.slice(this.at, this.at + 20));
    if (counted === null) {
      return undefined;
    }
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3]);
    if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity) || min > max) {
      throw new RegexError(`repetition must be ascending and at most ${MAX_REPEAT}`, this.at);
    }
    this.at += counted[0].length;
    return { min, max };
  }

  private atom(): RegexNode {
    const from = this.at;
    const char = this.pattern[this.at++];
    switch (char) {
      case '(':
        return this.group(from);
      case '[':
        return { kind: 'chars', set: this.charClass(from) };
      case '.':
        return { kind: 'chars', set: NOT_NEWLINE };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '*':
      case '+':
      case '?':
        throw new RegexError(`nothing to repeat before ${char}`, from);
      case '\\':
        return { kind: 'chars', set: this.escape(from) };
      default:
        return { kind: 'chars', set: this.folded([[char.charCodeAt(0), char.charCodeAt(0)]]) };
    }
  }

  private group(from: number): RegexNode {
    if (this.take('?') && !this.take(':')) {
      throw new RegexError('only (?: groups are supported, and (?i) at the start', from);
    }
    if (++this.depth > MAX_NESTING) {
      throw new RegexError('groups are nested too deeply', from);
    }
    const node = this.choice();
    this.depth--;
    if (!this.take(')')) {
      throw new RegexError('missing ) for this group', from);
    }
    return node;
  }

  /** The set after a backslash, outside or inside a class. */
  private escape(from: number): CharSet {
    const char = this.pattern[this.at++];
    if (char === undefined) {
      throw new RegexError('a backslash ends the pattern', from);
    }
    if (CLASSES[char] !== undefined) {
      return CLASSES[char];
    }
    const hex = char === 'x' ? this.hex(2) : char === 'u' ? this.hex(4) : undefined;
    const code = hex ?? CONTROLS[char] ?? char.charCodeAt(0);
    if (hex === undefined && CONTROLS[char] === undefined && /[0-9A-Za-z]/.test(char)) {
      throw new RegexError(`\\${char} is not supported`, from);
    }
    return this.folded([[code, code]]);
  }

  private hex(digits: number): number | undefined {
    const text = this.pattern.slice(this.at, this.at + digits);
    if (text.length < digits || !/^[0-9A-Fa-f]+$/.test(text)) {
      return undefined;
    }
    this.at += digits;
    return parseInt(text, 16);
  }

  private charClass(from: number): CharSet {
    const negated = this.take('^');
    const ranges: Array<readonly [number, number]> = [];
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) {
        throw new RegexError('missing ] for this class', from);
      }
      const low = this.classItem();
      if (this.pattern[this.at] === '-' && this.at + 1 < this.pattern.length && this.pattern[this.at + 1] !== ']') {
        const dash = this.at++;
        const high = this.classItem();
        if (low.length !== 1 || high.length !== 1 || low[0][0] > high[0][0]) {
          throw new RegexError('not an ascending range', dash);
        }
        ranges.push([low[0][0], high[0][0]]);
      } else {
        ranges.push(...low);
      }
    }
    this.at++;
    const set = this.folded(ranges);
    return negated ? complement(set) : set;
  }

  private classItem(): CharSet {
    const from = this.at;
    const char = this.pattern[this.at++];
    if (char === '\\') {
      return this.escape(from);
    }
    return [[char.charCodeAt(0), char.charCodeAt(0)]];
  }

  /** The set with the other case of its letters, where case is ignored. Of wide ranges only ASCII letters are folded. */
  private folded(set: CharSet): CharSet {
    if (!this.ignoreCase) {
      return union(set);
    }
    const more: Array<readonly [number, number]> = [];
    for (const [low, high] of set) {
      for (let code = low; code <= Math.min(high, Math.max(low, 0x7a)); code++) {
        const char = String.fromCharCode(code);
        for (const other of [char.toLowerCase(), char.toUpperCase()]) {
          if (other.length === 1) {
            more.push([other.charCodeAt(0), other.charCodeAt(0)]);
          }
        }
      }
    }
    return union([...set, ...more]);
  }

  private take(char: string): boolean {
    const taken = this.pattern[this.at] === char;
    this.at += taken ? 1 : 0;
    return taken;
  }
}

function union(set: CharSet): CharSet {
  const merged: Array<[number, number]> = [];
  for (const [low, high] of [...set].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) {
      last[1] = Math.max(last[1], high);
    } else {
      merged.push([low, high]);
    }
  }
  return merged;
}

function complement(set: CharSet): CharSet {
  const rest: Array<readonly [number, number]> = [];
  let next = 0;
  for (const [low, high] of union(set)) {
    if (low > next) {
      rest.push([next, low - 1]);
    }
    next = high + 1;
  }
  return next <= LAST ? [...rest, [next, LAST]] : rest;
}
