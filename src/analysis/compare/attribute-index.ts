/**
 * Numbers the attribute values of spans and resources, over the received bytes: a (key, value) is interned as it was encoded
 * and decoded once, however often it occurs.
 */
import { valueText, Wire, WireError, WireReader, AttributeField, type TraceSet } from '../../trace';
import { decodeAttributes } from '../../trace/detail-decoder';
import { Interner } from '../../trace/interner';

export interface AttributeValue {
  readonly scope: 'span' | 'resource';
  readonly key: string;
  readonly value: string;
}

/** Keys with more values than this (ids, timestamps) tell nothing about a cohort: further values are not numbered. */
export const MOST_VALUES = 10_000;

export class AttributeIndex {
  readonly values: AttributeValue[] = [];
  private readonly keys = new Interner();
  /** Distinct values of each key. */
  private readonly valueCounts: number[] = [];
  private readonly encoded = new Interner();
  /** Number of each encoded pair: encoders may differ in how they write the same pair. */
  private readonly numberOfEncoded: Array<number | undefined> = [];
  private readonly numbers = new Map<string, number>();
  private readonly ofResource = new WeakMap<TraceSet, number[][]>();

  /** Keys of span attributes that have too many values to be compared. */
  get crowdedKeys(): string[] {
    return this.keys.texts.filter((_, key) => this.valueCounts[key] >= MOST_VALUES);
  }

  /** Visits the number of each attribute of the span. Malformed bytes end the visit: what precedes them counts. */
  forEachOfSpan(set: TraceSet, row: number, visit: (number: number) => void): void {
    const { bytes, start, end } = set.detailRange(row);
    const reader = new WireReader(bytes, start, end);
    try {
      for (let field = reader.at; reader.next(); field = reader.at) {
        if (reader.field !== AttributeField.span || reader.type !== Wire.bytes) {
          reader.skip();
          continue;
        }
        reader.range();
        const number = this.numberOf(bytes, field, reader.from, reader.to);
        if (number !== undefined) {
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
  private numberOf(bytes: Uint8Array, field: number, from: number, to: number): number | undefined {
    const known = this.encoded.find(bytes, from, to);
    if (known >= 0) {
      return this.numberOfEncoded[known];
    }
    // KeyValue { key = 1, … }: writers put the key first; of others the whole is taken for the key, which only counts differently.
    const keyEnd = bytes[from] === 10 && bytes[from + 1] < 0x80 ? Math.min(to, from + 2 + bytes[from + 1]) : to;
    const key = this.keys.intern(bytes, Math.min(keyEnd, from + 2), keyEnd);
    const count = (this.valueCounts[key] ??= 0);
    if (count >= MOST_VALUES) {
      return undefined;
    }
    this.valueCounts[key] = count + 1;
    const [attribute] = decodeAttributes(bytes, field, to, AttributeField.span);
    const number = attribute && this.add({ scope: 'span', key: attribute.key, value: valueText(attribute.value) });
    this.numberOfEncoded[this.encoded.intern(bytes, from, to)] = number;
    return number;
  }

  private add(value: AttributeValue): number {
    const text = JSON.stringify([value.scope, value.key, value.value]);
    let number = this.numbers.get(text);
    if (number === undefined) {
      this.numbers.set(text, (number = this.values.push(value) - 1));
    }
    return number;
  }
}
