/**
 * Collects spans given as model types, resource by resource, into one OTLP protobuf message: the way into the trace model
 * for formats that are small or already objects (Tempo search, Grafana frames).
 */
import type { Attribute } from '../../trace';
import { writeAttributes, writeSpan, writeText, type SpanRecord } from './message-writer';
import { WireWriter } from './wire-writer';

export interface ScopeName {
  readonly name: string;
  readonly version: string;
}

export class OtlpMessageBuilder {
  private readonly groups = new Map<string, { readonly attributes: readonly Attribute[]; readonly scope: ScopeName; readonly spans: WireWriter }>();

  /** @param key spans with the same key share the resource and scope given with the first */
  add(key: string, resource: () => readonly Attribute[], span: SpanRecord, scope: ScopeName = { name: '', version: '' }): void {
    let group = this.groups.get(key);
    if (group === undefined) {
      this.groups.set(key, (group = { attributes: resource(), scope, spans: new WireWriter() }));
    }
    writeSpan(group.spans, 2, span);
  }

  /** The message: TracesData, one ResourceSpans a key. */
  finish(): Uint8Array {
    const writer = new WireWriter();
    for (const { attributes, scope, spans } of this.groups.values()) {
      const resourceSpans = writer.begin(1);
      const resource = writer.begin(1);
      writeAttributes(writer, 1, attributes);
      writer.end(resource);
      const scopeSpans = writer.begin(2);
      const scopeMessage = writer.begin(1);
      writeText(writer, 1, scope.name);
      writeText(writer, 2, scope.version);
      writer.end(scopeMessage);
      writer.raw(spans.finish());
      writer.end(scopeSpans);
      writer.end(resourceSpans);
    }
    return writer.finish();
  }
}
