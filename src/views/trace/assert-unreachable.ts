/** Makes the compiler check that a switch handles every case; throws where a value escaped its type. */
export function assertUnreachable(value: never): never {
  throw new Error(`Expected no such case, got ${String(value)}`);
}
