/** One Jaeger trace: processes become resources, spans OTLP spans. */
import { decodeUtf8 } from '../../trace';
import { traceIdOfText } from '../id-text';
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { writeIdText } from '../otlp/json-scalars';
import { copyEvents, writeStringAttribute } from '../otlp/span-fields';
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

/** Indices of the builder. */
interface Process {
  readonly resource: number;
  readonly scope: number;
}

export class JaegerTrace {
  private readonly writer: WireWriter;
  private readonly tags: TagReader;
  /** Processes by id, from the first time a span or the list of processes names them. */
  private readonly processesById = new Map<string, Process>();
  /** Whether one of its spans had an id. */
  hasSpanIds = false;

  constructor(
    private readonly cursor: JsonCursor,
    private readonly sink: SpanSink
  ) {
    this.writer = sink.writer;
    this.tags = new TagReader(cursor, sink.writer);
  }

  /** The list of spans, which usually precedes the processes: their resources are filled in when those are met. */
  spans(): void {
    const { cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        this.span();
      }
    }
  }

  processes(): void {
    const { cursor } = this;
    if (cursor.enterObject()) {
      while (cursor.nextKey(NO_KEYS) !== -2) {
        this.describe(this.process(cursor.keyText()));
      }
    }
  }

  private process(id: string): Process {
    let process = this.processesById.get(id);
    if (process === undefined) {
      const { builder } = this.sink;
      const resource = builder.addResource(undefined, [0, 0, 0, 0]);
      this.processesById.set(id, (process = { resource, scope: builder.addScope(resource) }));
    }
    return process;
  }

  private describe({ resource }: Process): void {
    const { cursor, sink } = this;
    const start = sink.mark();
    let service: string | undefined;
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(PROCESS); key !== -2; key = cursor.nextKey(PROCESS)) {
        if (key === 0) {
          service = cursor.scalarText();
          writeStringAttribute(this.writer, 1, 'service.name', service ?? '');
        } else if (key === 1) {
          this.tags.eachTag(() => this.tags.write(1));
        } else {
          cursor.skip();
        }
      }
    }
    const [from, to] = sink.addresses(start);
    sink.builder.setResource(resource, service, [from, to, to, to]);
  }

  /** The span that comes next. */
  span(): void {
    const { cursor, sink, writer, tags } = this;
    const start = sink.mark();
    if (!cursor.enterObject()) {
      sink.builder.notice('unreadable', `A span that is no object was left out (byte ${cursor.at}).`);
      return;
    }
    let traceId = '';
    let references: Reference[] = [];
    let processId = '';
    let inlineAt = -1;
    let startMicros = NaN;
    let durationMicros = NaN;
    tags.beginSpan();
    for (let key = cursor.nextKey(SPAN); key !== -2; key = cursor.nextKey(SPAN)) {
      switch (key) {
        case 0:
          sink.id(cursor, 1, 16);
          traceId = cursor.text();
          break;
        case 1:
          sink.id(cursor, 2, 8);
          this.hasSpanIds = true;
          break;
        case 2:
          tags.copyText(5);
          break;
        case 3:
          references = references.concat(this.references());
          break;
        case 4:
          startMicros = sink.microseconds(cursor);
          break;
        case 5:
          durationMicros = sink.microseconds(cursor);
          break;
        case 6:
          tags.eachTag(() => tags.writeSpanTag(9));
          break;
        case 7:
          copyEvents(cursor, writer, LOG, () => tags.eachTag(() => tags.writeEventField(3, 2)));
          break;
        case 8:
          processId = cursor.scalarText() ?? '';
          break;
        case 9:
          references.push({ type: 'CHILD_OF', traceId: '', spanId: cursor.scalarText() ?? '' });
          break;
        case 10: {
          // As Jaeger's storage has it: each span with a process of its own.
          cursor.peek();
          inlineAt = cursor.at;
          cursor.skip();
          processId = decodeUtf8(cursor.bytes, inlineAt, cursor.at);
          break;
        }
        case 11:
          tags.writeWarnings(9);
          break;
        default:
          cursor.skip();
      }
    }
    this.writeReferences(references, traceId);
    sink.times(startMicros, durationMicros);
    tags.writeKindAndStatus();
    const isNew = !this.processesById.has(processId);
    const process = this.process(processId);
    sink.builder.useScope(process.scope);
    sink.span(start);
    if (inlineAt >= 0 && isNew) {
      const after = cursor.at;
      cursor.at = inlineAt;
      this.describe(process);
      cursor.at = after;
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

  /** The parent is the first CHILD_OF of the same trace, else the first FOLLOWS_FROM; the others become links, but for the parent said twice. */
  private writeReferences(references: readonly Reference[], traceId: string): void {
    if (references.length === 0) {
      return;
    }
    const own = references.filter((reference) => reference.traceId === '' || sameId(reference.traceId, traceId));
    const parent = own.find(({ type }) => type === 'CHILD_OF') ?? own[0];
    for (const reference of references) {
      if (reference === parent) {
        writeIdText(this.writer, 4, reference.spanId, 8);
      } else if (reference.traceId !== '' && !(reference.type === 'CHILD_OF' && parent?.spanId === reference.spanId && own.includes(reference))) {
        const link = this.writer.begin(13);
        writeIdText(this.writer, 1, reference.traceId, 16);
        writeIdText(this.writer, 2, reference.spanId, 8);
        writeStringAttribute(this.writer, 4, 'opentracing.ref_type', reference.type.toLowerCase());
        this.writer.end(link);
      }
    }
  }
}

function sameId(a: string, b: string): boolean {
  return a === b || traceIdOfText(a) === traceIdOfText(b);
}
