import type { TraceSummary } from './backend';

/** What a list of traces says of those without a root; nothing where each has one. */
export function rootlessNote(traces: readonly TraceSummary[]): readonly string[] {
  const count = traces.filter(({ rootService }) => rootService === undefined).length;
  return count === 0 ? [] : [`${count} of ${traces.length} traces: the root span has not been received yet. They may still be arriving, or their root was never sent.`];
}
