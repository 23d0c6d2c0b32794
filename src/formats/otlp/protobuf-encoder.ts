/** TraceSet → OTLP protobuf (TracesData, the same message as ExportTraceServiceRequest). Span messages are copied as kept. */
import type { TraceSet } from '../../trace';
import { writeAttributes, writeNumber, writeText } from './message-writer';
import { groupByScope } from './scope-groups';
import { WireWriter } from './wire-writer';

/** @param traces which traces of the set; all by default */
export function encodeOtlpProtobuf(set: TraceSet, traces?: readonly number[]): Uint8Array {
  const writer = new WireWriter();
  for (const resourceGroup of groupByScope(set, traces)) {
    const resource = set.resource(resourceGroup.scopes[0].rows[0]);
    const resourceSpans = writer.begin(1);
    const resourceMessage = writer.begin(1);
    writeAttributes(writer, 1, resource.attributes);
    writeNumber(writer, 2, resource.droppedAttributesCount);
    writer.end(resourceMessage);
    for (const { rows } of resourceGroup.scopes) {
      const scopeSpans = writer.begin(2);
      writeScope(writer, set, rows[0]);
      for (const row of rows) {
        const { bytes, start, end } = set.detailRange(row);
        writer.bytesField(2, bytes, start, end);
      }
      writeText(writer, 3, set.scope(rows[0]).schemaUrl);
      writer.end(scopeSpans);
    }
    writeText(writer, 3, resource.schemaUrl);
    writer.end(resourceSpans);
  }
  return writer.finish();
}

function writeScope(writer: WireWriter, set: TraceSet, row: number): void {
  const scope = set.scope(row);
  const message = writer.begin(1);
  writeText(writer, 1, scope.name);
  writeText(writer, 2, scope.version);
  writeAttributes(writer, 3, scope.attributes);
  writeNumber(writer, 4, scope.droppedAttributesCount);
  writer.end(message);
}
