/**
 * Regular expressions that take time in proportion to the text, whatever the pattern: `(a+)+$` typed into a search box
 * must not freeze it. The automaton's states are joined into deterministic ones as texts need them; when there are too many,
 * they are thrown away and found again.
 */
import { compileRegex, type Instruction } from './program';
import { parseRegex, type CharSet } from './syntax';

interface State {
  /** Instructions that wait for a character. */
  readonly waiting: readonly number[];
  /** Matched, whatever follows. */
  readonly matches: boolean;
  /** Matched if the text ends here. */
  readonly matchesAtEnd: boolean;
  /** By class of characters. */
  readonly next: Array<State | undefined>;
}

const MAX_STATES = 1000;

export class LinearRegex {
  private readonly instructions: readonly Instruction[];
  private readonly firstInstruction: number;
  private readonly classes: CharClasses;
  private states = new Map<string, State>();
  private initial: State | undefined;

  /** @throws RegexError */
  constructor(readonly pattern: string) {
    const { instructions, first } = compileRegex(parseRegex(pattern));
    this.instructions = instructions;
    this.firstInstruction = first;
    this.classes = new CharClasses(instructions.flatMap((instruction) => (instruction.kind === 'chars' ? [instruction.set] : [])));
  }

  /** Whether the pattern matches anywhere in the text; anchor it with ^ and $ to match the whole. */
  test(text: string): boolean {
    let state = (this.initial ??= this.stateOf([this.firstInstruction], true));
    for (let at = 0; at < text.length && !state.matches; at++) {
      const charClass = this.classes.of(text.charCodeAt(at));
      state = state.next[charClass] ?? this.step(state, charClass);
    }
    return state.matches || state.matchesAtEnd;
  }

  private step(from: State, charClass: number): State {
    const sample = this.classes.sample(charClass);
    // A match may begin at every character.
    const targets = [this.firstInstruction];
    for (const at of from.waiting) {
      const instruction = this.instructions[at];
      if (instruction.kind === 'chars' && contains(instruction.set, sample)) {
        targets.push(instruction.next);
      }
    }
    if (this.states.size >= MAX_STATES) {
      this.states = new Map();
      this.initial = undefined;
      return this.stateOf(targets, false);
    }
    return (from.next[charClass] = this.stateOf(targets, false));
  }

  private stateOf(targets: readonly number[], atStart: boolean): State {
    const here = this.closure(targets, atStart, false);
    const waiting = here.filter((at) => this.instructions[at].kind === 'chars').sort((a, b) => a - b);
    const matches = here.some((at) => this.instructions[at].kind === 'match');
    const matchesAtEnd = this.closure(targets, atStart, true).some((at) => this.instructions[at].kind === 'match');
    const key = `${waiting.join()}/${matches}/${matchesAtEnd}`;
    let state = this.states.get(key);
    if (state === undefined) {
      this.states.set(key, (state = { waiting, matches, matchesAtEnd, next: [] }));
    }
    return state;
  }

  /** What can be reached without a character. */
  private closure(targets: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const seen = new Set<number>();
    const stack = [...targets];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at)) {
        continue;
      }
      seen.add(at);
      const instruction = this.instructions[at];
      if (instruction.kind === 'split') {
        stack.push(...instruction.next);
      } else if ((instruction.kind === 'start' && atStart) || (instruction.kind === 'end' && atEnd)) {
        stack.push(instruction.next);
      }
    }
    return [...seen];
  }
}

/** Characters that no set of the pattern tells apart share a class. */
class CharClasses {
  /** First character of each class, ascending. */
  private readonly starts: readonly number[];
  private readonly ascii: Uint16Array;

  constructor(sets: readonly CharSet[]) {
    const starts = new Set([0]);
    for (const [low, high] of sets.flat()) {
      starts.add(low);
      starts.add(high + 1);
    }
    this.starts = [...starts].sort((a, b) => a - b);
    this.ascii = Uint16Array.from({ length: 128 }, (_, code) => this.search(code));
  }

  of(code: number): number {
    return code < 128 ? this.ascii[code] : this.search(code);
  }

  sample(charClass: number): number {
    return this.starts[charClass];
  }

  private search(code: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= code) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

function contains(set: CharSet, code: number): boolean {
  return set.some(([low, high]) => low <= code && code <= high);
}
