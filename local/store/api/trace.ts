/** `/api/traces/{id}` and `/api/v2/traces/{id}`. */
import type { ApiResponse } from '../engine/messages';
import { QueryCancelledError } from '../database/database-error';
import { MAX_ATTRIBUTE_BYTES } from '../ingest/attribute';
import { traceKeyOf } from '../ingest/span-batch';
import { readTrace } from '../query/trace-by-id';
import { shortSteps } from '../short-steps';
import { ApiError } from './api-error';
import { type Call, json } from './call';
import type { Parameters } from './parameters';
import { traceJson } from './trace-json';
import { traceProtobuf } from './trace-protobuf';

const PROTOBUF = 'application/protobuf';
/** With or without dashes, braces or `urn:uuid:`. */
const UUID = /^(?:urn:uuid:|\{)?[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}\}?$/i;
const MODES = new Set(['ingesters', 'blocks', 'all']);

/** @throws ApiError 400 for what is no trace id */
export async function traceAnswer(call: Call, idText: string, version: 1 | 2): Promise<ApiResponse> {
  const { engine, reads, request, parameters, tenants, compatibility } = call;
  const id = traceIdOf(idText);
  const mode = parameters.text('mode');
  if (mode !== undefined && !MODES.has(mode)) {
    throw new ApiError(400, `invalid value for mode ${mode}`);
  }
  if (mode !== 'ingesters') {
    checkBlocksAndTimes(parameters);
  }
  // Spans that were acknowledged a moment ago belong to the answer.
  await Promise.all(tenants.map((tenant) => engine.ingester.settled(traceKeyOf(tenant, Buffer.from(id, 'hex'), 0))));
  const trace = await readTrace(reads, engine.dictionary, { idHigh: BigInt(`0x${id.slice(0, 16)}`), idLow: BigInt(`0x${id.slice(16)}`), tenants, maxEventTextBytes: compatibility.cutsEventAttributes ? MAX_ATTRIBUTE_BYTES : undefined });
  if (!trace && version === 1) {
    return { status: 404, contentType: '', body: '' };
  }
  if (accepts(request.accept, compatibility)) {
    return { status: 200, contentType: PROTOBUF, body: await inSteps(traceProtobuf(trace, version === 2 ? { hasMetrics: compatibility.hasTraceMetrics } : undefined), call.signal) };
  }
  const [before, after] = version === 1 ? ['{"batches":', '}'] : ['{"trace":{"resourceSpans":', `}${compatibility.hasTraceMetrics ? ',"metrics":{}' : ''}}`];
  if (!trace) {
    return json({ trace: {}, ...(compatibility.hasTraceMetrics && { metrics: {} }) });
  }
  return { status: 200, contentType: 'application/json', body: await inSteps(framed(before, traceJson(trace), after), call.signal) };
}

/** They choose blocks of Tempo's; this store has none, and answers whole traces. @throws ApiError 400 */
function checkBlocksAndTimes(parameters: Parameters): void {
  for (const name of ['blockStart', 'blockEnd']) {
    const block = parameters.text(name);
    if (block !== undefined && !UUID.test(block)) {
      throw new ApiError(400, `invalid value for ${name}: invalid UUID ${JSON.stringify(block.slice(0, 100))}`);
    }
  }
  const start = parameters.whole('start');
  const end = parameters.whole('end');
  if (start && end && start >= end) {
    throw new ApiError(400, `http parameter start must be before end. received start=${start} end=${end}`);
  }
}

/** JSON of a trace between the texts that frame it, as bytes. */
function* framed(before: string, texts: Iterable<string>, after: string): Generator<undefined, Uint8Array[]> {
  const parts: Uint8Array[] = [Buffer.from(before)];
  for (const text of texts) {
    parts.push(Buffer.from(text));
    yield;
  }
  parts.push(Buffer.from(after));
  return parts;
}

/** A trace may be of a hundred megabytes. Stops where nobody waits for it any longer. */
async function inSteps(steps: Generator<undefined, Uint8Array[]>, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const pause = shortSteps();
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    await pause();
    if (signal?.aborted) {
      throw new QueryCancelledError();
    }
  }
  const parts = step.value;
  const whole = Buffer.allocUnsafeSlow(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    await pause();
  }
  return whole;
}

/** 2.7 takes the header for protobuf only when it says nothing else. */
function accepts(accept: string, { hasTraceMetrics }: Call['compatibility']): boolean {
  return hasTraceMetrics ? accept.split(',').some((type) => type.split(';')[0].trim() === PROTOBUF) : accept === PROTOBUF;
}

/** The id with all its 32 digits; leading zeros may be left out. */
function traceIdOf(text: string): string {
  const wrong = /[^0-9a-fA-F]/.exec(text);
  if (wrong) {
    throw new ApiError(400, `trace IDs can only contain hex characters: invalid character '${wrong[0]}' at position ${wrong.index + 1}`);
  }
  if (text.length > 32) {
    throw new ApiError(400, `trace IDs can't be larger than 128 bits`);
  }
  return text.toLowerCase().padStart(32, '0');
}
