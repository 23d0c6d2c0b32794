import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { cleanText, redactAttributes } from './privacy';

export type SpanExporter = NodeSDKConfiguration['traceExporter'];
export type ReadableSpan = Parameters<SpanExporter['export']>[0][number];

const EXPORT_SUCCEEDED = 0; // ExportResultCode.SUCCESS of @opentelemetry/core

/**
 * Stands before the real exporter. It lets no personal data through, and turns a collector that does not answer into one
 * line a failure's beginning and one at its end, instead of an exception or a line every five seconds.
 */
export class GuardedExporter implements SpanExporter {
  private isFailing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly endpoint: string,
    private readonly log: (line: string) => void
  ) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.exporter.export(spans.map(redactSpan), (result) => {
      this.report(result.code === EXPORT_SUCCEEDED, result.error);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  private report(succeeded: boolean, error: Error | undefined): void {
    if (succeeded !== this.isFailing) {
      return; // nothing changed
    }
    this.isFailing = !succeeded;
    this.log(
      succeeded
        ? `telemetry: ${this.endpoint} answers again`
        : `telemetry: ${this.endpoint} takes no spans (${firstLine(error)}); going on without, spans are dropped until it does`
    );
  }
}

/** A view of the span with safe texts. Ids, times and resource are the original's, through the prototype. */
export function redactSpan(span: ReadableSpan): ReadableSpan {
  const safe: Partial<ReadableSpan> = {
    name: cleanText(span.name),
    attributes: redactAttributes(span.attributes),
    status: span.status.message === undefined ? span.status : { ...span.status, message: cleanText(span.status.message) },
    events: span.events.map((event) => ({ ...event, name: cleanText(event.name), attributes: event.attributes && redactAttributes(event.attributes) })),
    links: span.links.map((link) => ({ ...link, attributes: link.attributes && redactAttributes(link.attributes) })),
  };
  return Object.assign(Object.create(span) as ReadableSpan, safe);
}

function firstLine(error: Error | undefined): string {
  return error?.message.split('\n')[0].replace(/ Resolution note:.*$/, '') ?? 'no reason given';
}
