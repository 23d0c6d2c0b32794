/** A regular expression as a nondeterministic automaton (Thompson's construction). */
import { RegexError, type CharSet, type RegexNode } from './syntax';

export type Instruction =
  | { readonly kind: 'chars'; readonly set: CharSet; readonly next: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly first: number;
}

/** Counted repetition copies its item: `((a{99}){99}){99}` is refused. */
const MAX_INSTRUCTIONS = 5000;

/** @throws RegexError if the automaton would be too large */
export function compileRegex(root: RegexNode): Program {
  const instructions: Instruction[] = [{ kind: 'match' }];
  const push = (instruction: Instruction): number => {
    if (instructions.length >= MAX_INSTRUCTIONS) {
      throw new RegexError('the pattern is too large', 0);
    }
    return instructions.push(instruction) - 1;
  };

  /** Adds the node in front of the instruction `next`; answers where it begins. */
  const before = (node: RegexNode, next: number): number => {
    switch (node.kind) {
      case 'chars':
        return push({ kind: 'chars', set: node.set, next });
      case 'start':
      case 'end':
        return push({ kind: node.kind, next });
      case 'sequence':
        return node.items.reduceRight((after, item) => before(item, after), next);
      case 'choice':
        return push({ kind: 'split', next: node.options.map((option) => before(option, next)) });
      case 'repeat':
        return repeat(node.item, node.min, node.max, next);
    }
  };

  const repeat = (item: RegexNode, min: number, max: number, next: number): number => {
    let at = next;
    if (max === Infinity) {
      // The loop's split is written when its body is known.
      const loop = push({ kind: 'split', next: [] });
      instructions[loop] = { kind: 'split', next: [before(item, loop), next] };
      at = loop;
    } else {
      for (let count = min; count < max; count++) {
        at = push({ kind: 'split', next: [before(item, at), next] });
      }
    }
    for (let count = 0; count < min; count++) {
      at = before(item, at);
    }
    return at;
  };

  return { first: before(root, 0), instructions };
}
