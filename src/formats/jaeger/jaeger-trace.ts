/** One Jaeger trace: processes become resources, spans OTLP spans. Spans usually precede the processes they refer to. */
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { copyId, writeMicroseconds } from '../otlp/json-scalars';
import type { SpanSink } from '../otlp/span-sink';
import type { WireWriter } from '../otlp/wire-writer';
import { TagReader } from './tag-reader';

const SPAN = new KeyTable([
  'traceID', 'spanID', 'operationName', 'references', 'startTime', 'duration', 'tags', 'logs', 'processID', 'parentSpanID', 'process', 'warnings', 'flags',
]);
const REFERENCE = new KeyTable(['refType', 'traceID', 'spanID']);
const LOG = new KeyTable(['timestamp', 'fields']);
const PROCESS = new KeyTable(['serviceName', 'tags']);
const NO_KEYS = new KeyTable([]);

interface Reference {
  readonly type: string;
  readonly traceId: string;
  readonly spanId: string;
}

export class JaegerTrace {
  private readonly writer: WireWriter;
  private readonly tags: TagReader;
  private readonly scopes = new Map<string, number>();
  private unknownScope: number | undefined;
  /** Where spans lie that came before the processes. */
  private readonly pending: number[] = [];
  private hasProcesses = false;

  constructor(
    private readonly cursor: JsonCursor,
    private readonly sink: SpanSink
  ) {
    this.writer = sink.writer;
    this.tags = new TagReader(cursor, sink.writer);
  }

  /** The list of spans starts here; it is read now if the processes are known, else at the end. */
  spansAt(at: number): void {
    if (this.hasProcesses) {
      this.spans();
      return;
    }
    this.pending.push(at);
    this.cursor.skip();
  }

  processes(): void {
    const { cursor } = this;
    if (!cursor.enterObject()) {
      return;
    }
    while (cursor.nextKey(NO_KEYS) !== -2) {
      const id = cursor.keyText();
      this.scopes.set(id, this.process());
    }
    this.hasProcesses = true;
  }

  /** Reads the spans that waited; also after an error, for the input may be cut off behind them. */
  finish(): void {
    const end = this.cursor.at;
    for (const at of this.pending.splice(0)) {
      this.cursor.at = at;
      this.spans();
    }
    this.cursor.at = end;
  }

  /** A process as resource; the scope of its spans. */
  private process(): number {
    const { cursor, sink } = this;
    const start = sink.mark();
    let service: string | undefined;
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(PROCESS); key !== -2; key = cursor.nextKey(PROCESS)) {
        if (key === 0) {
          service = cursor.scalarText();
          this.tags.writeText(1, 'service.name', service ?? '');
        } else if (key === 1) {
          this.tags.eachTag(() => this.tags.write(1));
        } else {
          cursor.skip();
        }
      }
    }
    const [from, to] = sink.addresses(start);
    return sink.builder.addScope(sink.builder.addResource(service, [from, to, to, to]));
  }

  private spans(): void {
    const { cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        this.span();
      }
    }
  }

  private span(): void {
    const { cursor, sink, writer, tags } = this;
    const start = sink.mark();
    if (!cursor.enterObject()) {
      sink.builder.notice('unreadable', `A span that is no object was left out (byte ${cursor.at}).`);
      return;
    }
    let traceId = '';
    let references: Reference[] = [];
    let scope: number | undefined;
    let startMicros = 0;
    let durationMicros: number | undefined;
    tags.beginSpan();
    for (let key = cursor.nextKey(SPAN); key !== -2; key = cursor.nextKey(SPAN)) {
      switch (key) {
        case 0:
          this.id(1, 16);
          traceId = cursor.text();
          break;
        case 1:
          this.id(2, 8);
          break;
        case 2:
          tags.copyText(5);
          break;
        case 3:
          references = references.concat(this.references());
          break;
        case 4:
          startMicros = Number(cursor.scalarText());
          break;
        case 5:
          durationMicros = Number(cursor.scalarText());
          break;
        case 6:
          tags.eachTag(() => tags.writeSpanTag(9));
          break;
        case 7:
          this.logs();
          break;
        case 8:
          scope = this.scopes.get(cursor.scalarText() ?? '');
          break;
        case 9:
          references.push({ type: 'CHILD_OF', traceId: '', spanId: cursor.scalarText() ?? '' });
          break;
        case 11:
          tags.writeWarnings(9);
          break;
        default:
          cursor.skip();
      }
    }
    this.writeReferences(references, traceId);
    writeMicroseconds(writer, 7, startMicros);
    if (durationMicros !== undefined) {
      writeMicroseconds(writer, 8, startMicros + durationMicros);
    }
    tags.writeKindAndStatus();
    sink.builder.useScope(scope ?? this.unknown());
    sink.span(start);
  }

  private unknown(): number {
    const { builder } = this.sink;
    return (this.unknownScope ??= builder.addScope(builder.addResource(undefined, [0, 0, 0, 0])));
  }

  private id(field: number, size: number): void {
    if (!copyId(this.cursor, this.writer, field, size)) {
      this.sink.builder.notice('unreadable', `An id that is no hex number was left out (byte ${this.cursor.at}).`);
    }
  }

  private references(): Reference[] {
    const { cursor } = this;
    const list: Reference[] = [];
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        const reference = { type: '', traceId: '', spanId: '' };
        if (cursor.enterObject()) {
          for (let key = cursor.nextKey(REFERENCE); key !== -2; key = cursor.nextKey(REFERENCE)) {
            if (key < 0) {
              cursor.skip();
            } else {
              reference[(['type', 'traceId', 'spanId'] as const)[key]] = cursor.scalarText() ?? '';
            }
          }
          list.push(reference);
        }
      }
    }
    return list;
  }

  /** The parent is the first CHILD_OF of the same trace, else the first FOLLOWS_FROM; the others become links. */
  private writeReferences(references: readonly Reference[], traceId: string): void {
    if (references.length === 0) {
      return;
    }
    const own = references.filter((reference) => reference.traceId === '' || sameId(reference.traceId, traceId));
    const parent = own.find(({ type }) => type === 'CHILD_OF') ?? own[0];
    for (const reference of references) {
      if (reference === parent) {
        this.tags.writeId(4, reference.spanId, 8);
      } else if (reference.traceId !== '' && !(parent?.spanId === reference.spanId && own.includes(reference))) {
        const link = this.writer.begin(13);
        this.tags.writeId(1, reference.traceId, 16);
        this.tags.writeId(2, reference.spanId, 8);
        this.tags.writeText(4, 'opentracing.ref_type', reference.type.toLowerCase());
        this.writer.end(link);
      }
    }
  }

  private logs(): void {
    const { cursor, writer, tags } = this;
    if (!cursor.enterArray()) {
      return;
    }
    while (cursor.nextItem()) {
      if (!cursor.enterObject()) {
        continue;
      }
      const event = writer.begin(11);
      for (let key = cursor.nextKey(LOG); key !== -2; key = cursor.nextKey(LOG)) {
        if (key === 0) {
          writeMicroseconds(writer, 1, Number(cursor.scalarText()));
        } else if (key === 1) {
          tags.eachTag(() => tags.writeEventField(3, 2));
        } else {
          cursor.skip();
        }
      }
      writer.end(event);
    }
  }
}

function sameId(a: string, b: string): boolean {
  return a === b || a.padStart(32, '0') === b.padStart(32, '0');
}
