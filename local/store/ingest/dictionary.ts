/**
 * The dictionaries that spans refer to by number: pairs, resources and instrumentation scopes. New entries wait here until the
 * writer takes them to the database together with the spans that use them.
 */
import { childrenOf, MAX_ATTRIBUTE_BYTES, type ParsedPair, parseKeyValue, Scope, type ScopeNumber, type SearchValue, ValueType } from './attribute';
import { ByteInterner } from './byte-interner';
import { BYTES, WireReader, textOf } from './wire';

export interface NewPair extends ParsedPair {
  readonly id: number;
  readonly tenant: number;
  readonly scope: ScopeNumber;
}

export interface NewResource {
  readonly id: number;
  readonly tenant: number;
  /** The service.name; empty where the resource has none. */
  readonly service: string;
  /** Always with one for the service.name. */
  readonly pairs: readonly number[];
  readonly raw: Uint8Array;
}

export interface NewInstrumentation {
  readonly id: number;
  readonly tenant: number;
  readonly name: string;
  readonly version: string;
  readonly pairs: readonly number[];
  readonly raw: Uint8Array;
}

/** Intrinsic texts that are kept as pairs, with the key they are stored under. */
const INTRINSIC_KEYS = ['name', 'statusMessage', 'event:name', 'link:traceID', 'link:spanID', 'event:timeSinceStart'] as const;
export type IntrinsicKey = (typeof INTRINSIC_KEYS)[number];

/** Seeds: the scope or, from 16 on, the intrinsic; tenants are 32 apart. */
const INTRINSIC_SEED = 16;
const TENANT_SEED = 32;

/** The KeyValue message of an empty service.name: as in Tempo, what a resource without one is found by. */
const NO_SERVICE_NAME = Buffer.from('\x0a\x0cservice.name\x12\x02\x0a\x00', 'latin1');

/** The numbers to go on with, read from the database when the store opens. */
export interface NextIds {
  readonly pair: number;
  readonly resource: number;
  readonly instrumentation: number;
}

export class Dictionary {
  private next: { pair: number; resource: number; instrumentation: number };
  private newPairs: NewPair[] = [];
  private newResources: NewResource[] = [];
  private newInstrumentations: NewInstrumentation[] = [];
  private readonly pairs = new ByteInterner((seed, bytes, start, end) => this.createPair(seed, bytes, start, end));
  private readonly resources = new ByteInterner((tenant, bytes, start, end) => this.createResource(tenant, bytes, start, end), 20_000, 16 << 20);
  private readonly instrumentations = new ByteInterner((tenant, bytes, start, end) => this.createInstrumentation(tenant, bytes, start, end), 20_000, 16 << 20);

  constructor(next: NextIds) {
    this.next = { ...next };
  }

  /** The pair of a KeyValue message. */
  pairOf(tenant: number, scope: ScopeNumber, bytes: Uint8Array, start: number, end: number): number {
    return this.pairs.idOf(tenant * TENANT_SEED + scope, bytes, start, end);
  }

  /** The pair of an intrinsic: its text in UTF-8, or 8 bytes of little-endian nanoseconds for `event:timeSinceStart`. */
  intrinsicOf(tenant: number, key: IntrinsicKey, bytes: Uint8Array, start: number, end: number): number {
    return this.pairs.idOf(tenant * TENANT_SEED + INTRINSIC_SEED + INTRINSIC_KEYS.indexOf(key), bytes, start, end);
  }

  /** The number of a Resource message. */
  resourceOf(tenant: number, bytes: Uint8Array, start: number, end: number): number {
    return this.resources.idOf(tenant, bytes, start, end);
  }

  /** The number of an InstrumentationScope message. */
  instrumentationOf(tenant: number, bytes: Uint8Array, start: number, end: number): number {
    return this.instrumentations.idOf(tenant, bytes, start, end);
  }

  /** Hands over what is new since the last call. */
  takeNew(): { pairs: NewPair[]; resources: NewResource[]; instrumentations: NewInstrumentation[] } {
    const taken = { pairs: this.newPairs, resources: this.newResources, instrumentations: this.newInstrumentations };
    this.newPairs = [];
    this.newResources = [];
    this.newInstrumentations = [];
    return taken;
  }

  /** Forgets all entries, so that unused ones can be removed from the database. @returns the numbers below which nothing new will refer to */
  forget(): NextIds {
    this.pairs.clear();
    this.resources.clear();
    this.instrumentations.clear();
    return { ...this.next };
  }

  private createPair(seed: number, bytes: Uint8Array, start: number, end: number): number {
    const tenant = Math.floor(seed / TENANT_SEED);
    const kind = seed % TENANT_SEED;
    const id = this.next.pair;
    if (kind >= INTRINSIC_SEED) {
      const key = INTRINSIC_KEYS[kind - INTRINSIC_SEED];
      const value = key === 'event:timeSinceStart' ? durationValue(bytes, start) : { type: ValueType.string, text: textOf(bytes, start, end) };
      this.newPairs.push({ id, tenant, scope: Scope.intrinsic, key, values: [value] });
    } else {
      const maxTextBytes = kind === Scope.span || kind === Scope.resource ? MAX_ATTRIBUTE_BYTES : Infinity;
      this.newPairs.push({ id, tenant, scope: kind as ScopeNumber, ...parseKeyValue(bytes, start, end, maxTextBytes) });
    }
    this.next.pair++;
    return id;
  }

  private createResource(tenant: number, bytes: Uint8Array, start: number, end: number): number {
    const reader = new WireReader(bytes);
    const pairs: number[] = [];
    let service: string | undefined;
    for (const [from, to] of childrenOf(reader, start, end, 1)) {
      pairs.push(this.pairOf(tenant, Scope.resource, bytes, from, to));
      const pair = parseKeyValue(bytes, from, to, MAX_ATTRIBUTE_BYTES);
      if (pair.key === 'service.name') {
        service = pair.values[0].text ?? '';
      }
    }
    if (service === undefined) {
      pairs.push(this.pairOf(tenant, Scope.resource, NO_SERVICE_NAME, 0, NO_SERVICE_NAME.length));
    }
    const id = this.next.resource++;
    this.newResources.push({ id, tenant, service: service ?? '', pairs, raw: bytes.slice(start, end) });
    return id;
  }

  private createInstrumentation(tenant: number, bytes: Uint8Array, start: number, end: number): number {
    const reader = new WireReader(bytes);
    const pairs = childrenOf(reader, start, end, 3).map(([from, to]) => this.pairOf(tenant, Scope.instrumentation, bytes, from, to));
    const [name, version] = instrumentationTexts(bytes, start, end);
    const id = this.next.instrumentation++;
    this.newInstrumentations.push({ id, tenant, name, version, pairs, raw: bytes.slice(start, end) });
    return id;
  }
}

function durationValue(bytes: Uint8Array, start: number): SearchValue {
  const integer = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(start, true);
  return { type: ValueType.int, integer, number: Number(integer) };
}

function instrumentationTexts(bytes: Uint8Array, start: number, end: number): [name: string, version: string] {
  const reader = new WireReader(bytes);
  reader.pos = start;
  let name = '';
  let version = '';
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES || tag === 8 * 2 + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      const text = textOf(bytes, from, from + length);
      if (tag === 8 * 1 + BYTES) {
        name = text;
      } else {
        version = text;
      }
    } else {
      reader.skip(tag % 8, end);
    }
  }
  return [name, version];
}
