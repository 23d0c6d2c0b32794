/** Which spans of a request the database has already: asked when the write-ahead log is read back after a crash. */
import type { RequestIndex } from './request-index';
import { traceKeyOf } from './span-batch';
import type { SpanWriter } from './span-writer';

export class StoredSpans {
  static readonly NONE = new StoredSpans(new Map());
  private readonly idsByTrace: ReadonlyMap<string, ReadonlySet<bigint>>;

  private constructor(idsByTrace: ReadonlyMap<string, ReadonlySet<bigint>>) {
    this.idsByTrace = idsByTrace;
  }

  static async read(writer: SpanWriter, index: RequestIndex): Promise<StoredSpans> {
    const keys = new Set<string>();
    for (let span = 0; span < index.spanCount; span++) {
      keys.add(keyOf(index, span));
    }
    const states = await writer.statesOf([...keys]);
    return new StoredSpans(new Map([...states].map(([key, state]) => [key, new Set(state.spanId)])));
  }

  has(index: RequestIndex, span: number): boolean {
    return this.idsByTrace.size > 0 && (this.idsByTrace.get(keyOf(index, span))?.has(index.spanId(span)) ?? false);
  }
}

function keyOf(index: RequestIndex, span: number): string {
  return traceKeyOf(index.tenant, index.bytes, index.traceIdAt(span));
}
