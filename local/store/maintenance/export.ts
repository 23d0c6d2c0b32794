/** Traces of a data directory as OTLP, chunk by chunk: memory does not grow with what is exported. */
import { decodeOtlpProtobuf, encodeOtlpJson } from '../../../src/formats';
import { wholeTraceProtobuf } from '../api/trace-protobuf';
import type { Engine } from '../engine/engine';
import { readTraces, type TraceRow } from '../query/trace-by-id';
import { frameOf } from './otlp-file';

export type ExportFormat = 'protobuf' | 'json';

export interface ExportPiece {
  readonly traces: number;
  readonly bytes: Uint8Array;
}

/** Spans read at once, unless a single trace has more. */
const CHUNK_SPANS = 5000;

/**
 * @param format protobuf: every trace exactly as it was received; json: one that other tools read, a trace a line
 * @returns pieces of the file; see otlp-file.ts
 */
export async function* exportTraces(engine: Engine, tenant: number, format: ExportFormat): AsyncGenerator<ExportPiece> {
  for await (const chunk of chunks(engine, tenant)) {
    // A Trace and an ExportTraceServiceRequest are the same message, and messages joined are one with the spans of all.
    const traces = (await readTraces(engine.database, engine.dictionary, chunk)).map((trace) => wholeTraceProtobuf(trace));
    if (format === 'protobuf') {
      yield { traces: traces.length, bytes: frameOf(Buffer.concat(traces)) };
      continue;
    }
    for (const trace of traces) {
      yield { traces: 1, bytes: Buffer.from(`${encodeOtlpJson(decodeOtlpProtobuf(trace))}\n`) };
    }
  }
}

/** Traces in the order in which they came. */
async function* chunks({ database }: Engine, tenant: number): AsyncGenerator<TraceRow[]> {
  for (let after = -1n; ; ) {
    const rows = await database.query(`
      WITH next AS (SELECT seq, id_high, id_low FROM trace WHERE tenant = ${tenant} AND seq > ${after} ORDER BY seq LIMIT ${CHUNK_SPANS}),
      sized AS (SELECT n.seq, any_value(n.id_high) AS id_high, any_value(n.id_low) AS id_low, count(*) AS spans FROM next n JOIN span s ON s.trace = n.seq GROUP BY n.seq),
      summed AS (SELECT *, sum(spans) OVER (ORDER BY seq) - spans AS before FROM sized)
      SELECT seq, id_high, id_low FROM summed WHERE before < ${CHUNK_SPANS} ORDER BY seq`);
    if (rows.length === 0) {
      return;
    }
    yield rows.map((row) => ({ seq: row.seq as bigint, idHigh: row.id_high as bigint, idLow: row.id_low as bigint }));
    after = rows[rows.length - 1].seq as bigint;
  }
}
