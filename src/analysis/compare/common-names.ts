/** The position of each of `names` in `known`, or a number of its own beyond: one numbering for the names of two sets. */
export function numbersIn(known: readonly string[], names: readonly string[]): Uint32Array {
  const numbers = new Map(known.map((name, number) => [name, number]));
  return Uint32Array.from(names, (name, at) => numbers.get(name) ?? known.length + at);
}
