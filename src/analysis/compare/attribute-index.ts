/**
 * Numbers the attribute values of spans and resources, over the received bytes: a (key, value) is known by how it was encoded,
 * and decoded once, however often it occurs.
 */
import { valueText, Wire, WireError, WireReader, AttributeField, type TraceSet } from '../../trace';
import { decodeAttributes } from '../../trace/detail-decoder';
import { ABSENT, ByteNumbers } from './byte-numbers';

export interface AttributeValue {
  readonly scope: 'span' | 'resource';
  readonly key: string;
  readonly value: string;
}

/** Keys with more values than this (ids, timestamps) tell nothing about a cohort. */
export const MOST_VALUES = 10_000;

export class AttributeIndex {
  readonly values: AttributeValue[] = [];
  /** Of each span attribute's key, how many values it has; those of which there are too many, and how those were encoded. */
  private readonly valueCounts = new Map<string, number>();
  private readonly crowded = new Set<string>();
  private readonly crowdedEncoded = new ByteNumbers();
  private readonly encoded = new ByteNumbers();
  /** Number of each encoded pair: encoders may differ in how they write the same pair. */
  private readonly numberOfEncoded: number[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly ofResource = new WeakMap<TraceSet, number[][]>();
  /** Of the chunk read last. */
  private view: DataView = new DataView(new ArrayBuffer(0));

  /** Keys of span attributes that have too many values to be compared: not all of them are numbered. */
  get crowdedKeys(): string[] {
    return [...this.crowded];
  }

  isCrowded({ scope, key }: AttributeValue): boolean {
    return scope === 'span' && this.crowded.has(key);
  }

  /** Visits the number of each attribute of the span. Malformed bytes end the visit: what precedes them counts. */
  forEachOfSpan(set: TraceSet, row: number, visit: (number: number) => void): void {
    const { bytes, start, end } = set.detailRange(row);
    if (bytes.buffer !== this.view.buffer || bytes.byteOffset !== this.view.byteOffset || bytes.length !== this.view.byteLength) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const reader = new WireReader(bytes, start, end);
    try {
      for (let field = reader.at; reader.next(); field = reader.at) {
        if (reader.field !== AttributeField.span || reader.type !== Wire.bytes) {
          reader.skip();
          continue;
        }
        reader.range();
        const number = this.numberOf(bytes, field, reader.from, reader.to);
        if (number !== ABSENT) {
          visit(number);
        }
      }
    } catch (error) {
      if (!(error instanceof WireError)) {
        throw error;
      }
    }
  }

  /** Numbers of the attributes of the row's resource. */
  numbersOfResource(set: TraceSet, row: number): readonly number[] {
    let known = this.ofResource.get(set);
    if (known === undefined) {
      this.ofResource.set(set, (known = []));
    }
    const resource = set.columns.scopeResource[set.columns.scope[row]];
    return (known[resource] ??= set.resource(row).attributes.map(({ key, value }) => this.add({ scope: 'resource', key, value: valueText(value) })));
  }

  /** @param field where the field begins whose content is the KeyValue at [from, to) */
  private numberOf(bytes: Uint8Array, field: number, from: number, to: number): number {
    const known = this.encoded.find(this.view, from, to);
    return known === ABSENT ? this.numberOfNew(bytes, field, from, to) : this.numberOfEncoded[known];
  }

  /** Of a pair that was not met in this encoding; of keys with too many values no more are kept. */
  private numberOfNew(bytes: Uint8Array, field: number, from: number, to: number): number {
    // KeyValue { key = 1, … }: writers put the key first; where they do not, the pair is decoded to know its key.
    const keyEnd = bytes[from] === 10 && bytes[from + 1] < 0x80 ? from + 2 + bytes[from + 1] : to;
    if (keyEnd < to && this.crowdedEncoded.find(this.view, from, keyEnd) !== ABSENT) {
      return ABSENT;
    }
    const [attribute] = decodeAttributes(bytes, field, to, AttributeField.span);
    if (attribute === undefined) {
      return ABSENT;
    }
    const { key } = attribute;
    if (!this.crowded.has(key)) {
      const number = this.add({ scope: 'span', key, value: valueText(attribute.value) });
      this.numberOfEncoded[this.encoded.add(this.view, from, to)] = number;
      return number;
    }
    if (keyEnd < to) {
      this.crowdedEncoded.add(this.view, from, keyEnd);
    }
    return ABSENT;
  }

  private add(value: AttributeValue): number {
    const text = JSON.stringify([value.scope, value.key, value.value]);
    let number = this.numbers.get(text);
    if (number === undefined) {
      this.numbers.set(text, (number = this.values.push(value) - 1));
      if (value.scope === 'span') {
        this.countValue(value.key);
      }
    }
    return number;
  }

  private countValue(key: string): void {
    const count = (this.valueCounts.get(key) ?? 0) + 1;
    this.valueCounts.set(key, count);
    if (count > MOST_VALUES) {
      this.crowded.add(key);
    }
  }
}
