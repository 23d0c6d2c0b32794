/** The lower bound of reading protobuf: visits every field of every span of an OTLP message, and keeps nothing. */
import { WireReader } from '../src/trace';

/** @returns how many spans it met, and a sum over their fields that keeps the work alive */
export function scanSpans(bytes: Uint8Array): { readonly spans: number; readonly fields: number } {
  let spans = 0;
  let fields = 0;
  const message = new WireReader(bytes);
  while (message.next()) {
    const resourceSpans = message.message();
    while (resourceSpans.next()) {
      if (resourceSpans.field !== 2) {
        resourceSpans.skip();
        continue;
      }
      const scopeSpans = resourceSpans.message();
      while (scopeSpans.next()) {
        scopeSpans.range();
        if (scopeSpans.field === 2) {
          spans++;
          const span = new WireReader(bytes, scopeSpans.from, scopeSpans.to);
          while (span.next()) {
            span.skip();
            fields++;
          }
        }
      }
    }
  }
  return { spans, fields };
}
