/**
 * One answer of Jaeger's trace search from several: a trace found for more than one service is kept once.
 *
 * @throws SyntaxError or Error where an answer is not the expected JSON
 */
export function mergeEnvelopes(answers: readonly Uint8Array[]): Uint8Array {
  const traces = new Map<string, unknown>();
  for (const answer of answers) {
    const envelope: unknown = JSON.parse(new TextDecoder().decode(answer));
    const data = typeof envelope === 'object' && envelope !== null && 'data' in envelope ? envelope.data : undefined;
    if (data !== null && data !== undefined && !Array.isArray(data)) {
      throw new Error('expected a list of traces in "data"');
    }
    for (const trace of data ?? []) {
      traces.set(String(trace?.traceID), trace);
    }
  }
  return new TextEncoder().encode(JSON.stringify({ data: [...traces.values()] }));
}
