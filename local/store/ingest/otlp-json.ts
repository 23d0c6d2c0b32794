/**
 * OTLP/JSON to OTLP/protobuf, so that ingest has one path. Field names in camelCase or snake_case; ids are hex, 64-bit numbers
 * are strings or numbers, enums are names or numbers; unknown fields are ignored (OTLP 1.5, "JSON Protobuf Encoding").
 */
import { WireWriter } from './wire-writer';

/** The body is not OTLP/JSON. */
export class OtlpJsonError extends Error {
  override readonly name = 'OtlpJsonError';
}

type Json = Record<string, unknown>;

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['UNSET', 'OK', 'ERROR'];
/** AnyValue may nest; deeper than this is an attack, not telemetry. */
const MAX_DEPTH = 32;

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OtlpJsonError(`${what} must be an object`);
  }
  return value as Json;
}

const snakeNames = new Map<string, string>();

function snakeOf(camel: string): string {
  const known = snakeNames.get(camel);
  if (known !== undefined) {
    return known;
  }
  const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(camel, snake);
  return snake;
}

function get(json: Json, camel: string): unknown {
  return json[camel] ?? json[snakeOf(camel)] ?? undefined;
}

function list(json: Json, camel: string): unknown[] {
  const value = get(json, camel);
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new OtlpJsonError(`${camel} must be an array`);
  }
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw new OtlpJsonError(`${what} must be a string`);
  }
  return value;
}

function integer(value: unknown, what: string): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return BigInt(value);
  }
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) {
    return BigInt(value);
  }
  throw new OtlpJsonError(`${what} must be a whole number`);
}

function hex(value: unknown, what: string): Uint8Array {
  const digits = text(value, what);
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    throw new OtlpJsonError(`${what} must be hexadecimal, received ${JSON.stringify(digits.slice(0, 64))}`);
  }
  return Buffer.from(digits, 'hex');
}

function enumNumber(value: unknown, prefix: string, names: readonly string[], what: string): number {
  const byName = typeof value === 'string' && value.startsWith(prefix) ? names.indexOf(value.slice(prefix.length)) : -1;
  return byName >= 0 ? byName : Number(BigInt.asUintN(32, integer(value, what)));
}

class OtlpJsonWriter {
  readonly out = new WireWriter(4096);

  request(json: Json): void {
    for (const item of list(json, 'resourceSpans')) {
      const resourceSpans = object(item, 'resourceSpans');
      this.out.message(1, () => {
        const resource = get(resourceSpans, 'resource');
        if (resource !== undefined) {
          this.out.message(1, () => this.attributesAndDropped(object(resource, 'resource'), 1, 2));
        }
        for (const scopeSpans of list(resourceSpans, 'scopeSpans')) {
          this.out.message(2, () => this.scopeSpans(object(scopeSpans, 'scopeSpans')));
        }
        this.optionalText(3, get(resourceSpans, 'schemaUrl'), 'schemaUrl');
      });
    }
  }

  private scopeSpans(json: Json): void {
    const scopeValue = get(json, 'scope');
    if (scopeValue !== undefined) {
      const scope = object(scopeValue, 'scope');
      this.out.message(1, () => {
        this.optionalText(1, get(scope, 'name'), 'scope.name');
        this.optionalText(2, get(scope, 'version'), 'scope.version');
        this.attributesAndDropped(scope, 3, 4);
      });
    }
    for (const span of list(json, 'spans')) {
      this.out.message(2, () => this.span(object(span, 'span')));
    }
    this.optionalText(3, get(json, 'schemaUrl'), 'schemaUrl');
  }

  private span(json: Json): void {
    this.id(1, get(json, 'traceId'), 'traceId', 16);
    this.id(2, get(json, 'spanId'), 'spanId', 8);
    this.optionalText(3, get(json, 'traceState'), 'traceState');
    this.id(4, get(json, 'parentSpanId'), 'parentSpanId', 8);
    this.optionalText(5, get(json, 'name'), 'name');
    this.number(6, get(json, 'kind'), (value) => enumNumber(value, 'SPAN_KIND_', KINDS, 'kind'));
    this.time(7, get(json, 'startTimeUnixNano'), 'startTimeUnixNano');
    this.time(8, get(json, 'endTimeUnixNano'), 'endTimeUnixNano');
    this.attributesAndDropped(json, 9, 10);
    for (const event of list(json, 'events')) {
      this.out.message(11, () => this.event(object(event, 'event')));
    }
    this.number(12, get(json, 'droppedEventsCount'), (value) => Number(integer(value, 'droppedEventsCount')));
    for (const link of list(json, 'links')) {
      this.out.message(13, () => this.link(object(link, 'link')));
    }
    this.number(14, get(json, 'droppedLinksCount'), (value) => Number(integer(value, 'droppedLinksCount')));
    const status = get(json, 'status');
    if (status !== undefined) {
      this.out.message(15, () => {
        const fields = object(status, 'status');
        this.optionalText(2, get(fields, 'message'), 'status.message');
        this.number(3, get(fields, 'code'), (value) => enumNumber(value, 'STATUS_CODE_', CODES, 'status.code'));
      });
    }
    this.flags(16, get(json, 'flags'));
  }

  private event(json: Json): void {
    this.time(1, get(json, 'timeUnixNano'), 'timeUnixNano');
    this.optionalText(2, get(json, 'name'), 'event.name');
    this.attributesAndDropped(json, 3, 4);
  }

  private link(json: Json): void {
    this.id(1, get(json, 'traceId'), 'link.traceId', 16);
    this.id(2, get(json, 'spanId'), 'link.spanId', 8);
    this.optionalText(3, get(json, 'traceState'), 'link.traceState');
    this.attributesAndDropped(json, 4, 5);
    this.flags(6, get(json, 'flags'));
  }

  private attributesAndDropped(json: Json, attributesField: number, droppedField: number): void {
    for (const attribute of list(json, 'attributes')) {
      this.out.message(attributesField, () => this.keyValue(object(attribute, 'attribute'), 0));
    }
    this.number(droppedField, get(json, 'droppedAttributesCount'), (value) => Number(integer(value, 'droppedAttributesCount')));
  }

  private keyValue(json: Json, depth: number): void {
    this.optionalText(1, get(json, 'key'), 'attribute.key');
    const value = get(json, 'value');
    if (value !== undefined) {
      this.out.message(2, () => this.anyValue(object(value, 'attribute.value'), depth));
    }
  }

  private anyValue(json: Json, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw new OtlpJsonError(`attribute values nest deeper than ${MAX_DEPTH}`);
    }
    const stringValue = get(json, 'stringValue');
    if (stringValue !== undefined) {
      this.out.textField(1, text(stringValue, 'stringValue'));
      return;
    }
    const boolValue = get(json, 'boolValue');
    const intValue = get(json, 'intValue');
    const doubleValue = get(json, 'doubleValue');
    const arrayValue = get(json, 'arrayValue');
    const kvlistValue = get(json, 'kvlistValue');
    const bytesValue = get(json, 'bytesValue');
    if (boolValue !== undefined) {
      if (typeof boolValue !== 'boolean') {
        throw new OtlpJsonError('boolValue must be true or false');
      }
      this.out.varintField(2, boolValue ? 1 : 0);
    } else if (intValue !== undefined) {
      this.out.tag(3, 0);
      this.out.int64(integer(intValue, 'intValue'));
    } else if (doubleValue !== undefined) {
      this.out.tag(4, 1);
      this.out.double(doubleOf(doubleValue));
    } else if (arrayValue !== undefined) {
      this.out.message(5, () => {
        for (const item of list(object(arrayValue, 'arrayValue'), 'values')) {
          this.out.message(1, () => this.anyValue(object(item, 'value'), depth + 1));
        }
      });
    } else if (kvlistValue !== undefined) {
      this.out.message(6, () => {
        for (const item of list(object(kvlistValue, 'kvlistValue'), 'values')) {
          this.out.message(1, () => this.keyValue(object(item, 'value'), depth + 1));
        }
      });
    } else if (bytesValue !== undefined) {
      this.out.bytesField(7, Buffer.from(text(bytesValue, 'bytesValue'), 'base64'));
    }
  }

  private optionalText(field: number, value: unknown, what: string): void {
    if (value !== undefined && value !== '') {
      this.out.textField(field, text(value, what));
    }
  }

  private id(field: number, value: unknown, what: string, sizeBytes: number): void {
    if (value === undefined || value === '') {
      return;
    }
    const bytes = hex(value, what);
    if (bytes.length !== sizeBytes) {
      throw new OtlpJsonError(`${what} must be ${sizeBytes} bytes, received ${bytes.length}`);
    }
    this.out.bytesField(field, bytes);
  }

  private number(field: number, value: unknown, read: (value: unknown) => number): void {
    if (value !== undefined) {
      this.out.varintField(field, read(value) >>> 0);
    }
  }

  private time(field: number, value: unknown, what: string): void {
    if (value !== undefined) {
      this.out.tag(field, 1);
      this.out.fixed64(integer(value, what));
    }
  }

  private flags(field: number, value: unknown): void {
    if (value !== undefined) {
      this.out.tag(field, 5);
      this.out.fixed32(Number(BigInt.asUintN(32, integer(value, 'flags'))));
    }
  }
}

function doubleOf(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  const number = value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : Number(text(value, 'doubleValue'));
  if (Number.isNaN(number) && value !== 'NaN') {
    throw new OtlpJsonError('doubleValue must be a number');
  }
  return number;
}

/**
 * @param body an ExportTraceServiceRequest in JSON
 * @returns the same request in protobuf
 * @throws OtlpJsonError naming the field that is wrong
 */
export function protobufOfJson(body: string): Uint8Array {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    throw new OtlpJsonError(`not JSON: ${(error as Error).message}`);
  }
  const writer = new OtlpJsonWriter();
  writer.request(object(parsed, 'the request'));
  return writer.out.finish();
}
