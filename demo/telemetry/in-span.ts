import { context, type Context, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';

/** The instrumentation scope of the spans that the demo's own code makes. */
const SCOPE = '@veza/demo';

/**
 * Runs `work` inside a new span, which is the parent of every span made in it. A rejection is recorded on the span and
 * passed on unchanged.
 */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>, parent: Context = context.active()): Promise<T> {
  return trace.getTracer(SCOPE).startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      recordFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Marks a span as failed, with the exception as an event (semantic conventions, "Exceptions"). */
export function recordFailure(span: Span, error: unknown): void {
  const exception = error instanceof Error ? error : new Error(String(error));
  span.recordException(exception);
  span.setAttribute('error.type', exception.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}
