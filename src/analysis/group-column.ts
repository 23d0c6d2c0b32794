/** Gives each row the number of its group, so that whatever is computed by group runs over one column. */
import { valueText, type TraceSet } from '../trace';

export type GroupBy =
  | { readonly kind: 'service' }
  /** Service and span name. */
  | { readonly kind: 'operation' }
  | { readonly kind: 'attribute'; readonly scope: 'span' | 'resource'; readonly key: string };

export interface Group {
  /** Undefined where the attribute is missing. */
  readonly name: string | undefined;
  /** Of an operation. */
  readonly service?: string;
}

export interface GroupColumn {
  /** Index into groups. */
  readonly group: Uint32Array;
  readonly groups: readonly Group[];
}

/** One entry a row of the set. Of attributes, values of all kinds are compared as texts. */
export function groupColumn(set: TraceSet, by: GroupBy): GroupColumn {
  const { service, services } = set.columns;
  switch (by.kind) {
    case 'service':
      return { group: service, groups: services.map((name) => ({ name })) };
    case 'operation':
      return byOperation(set);
    case 'attribute':
      return by.scope === 'span' ? bySpanAttribute(set, by.key) : byResourceAttribute(set, by.key);
  }
}

function byOperation({ columns: { service, operation, services, operations } }: TraceSet): GroupColumn {
  const group = new Uint32Array(service.length);
  const groups: Group[] = [];
  const numbers = new Map<number, number>();
  // A span name mostly belongs to one service: what it meant last saves the look-up.
  const lastService = new Int32Array(operations.length).fill(-1);
  const lastNumber = new Uint32Array(operations.length);
  for (let row = 0; row < group.length; row++) {
    const name = operation[row];
    if (lastService[name] !== service[row]) {
      const key = service[row] * operations.length + name;
      const number = numbers.get(key) ?? groups.push({ service: services[service[row]], name: operations[name] }) - 1;
      numbers.set(key, number);
      lastService[name] = service[row];
      lastNumber[name] = number;
    }
    group[row] = lastNumber[name];
  }
  return { group, groups };
}

function bySpanAttribute(set: TraceSet, key: string): GroupColumn {
  const group = new Uint32Array(set.spanCount);
  const texts = new TextGroups();
  for (let row = 0; row < group.length; row++) {
    const value = set.attribute(row, key);
    group[row] = texts.numberOf(value && valueText(value));
  }
  return { group, groups: texts.groups };
}

function byResourceAttribute(set: TraceSet, key: string): GroupColumn {
  const { scope, scopeResource } = set.columns;
  const group = new Uint32Array(set.spanCount);
  const texts = new TextGroups();
  const ofResource: Array<number | undefined> = [];
  for (let row = 0; row < group.length; row++) {
    const resource = scopeResource[scope[row]];
    const known = ofResource[resource];
    if (known === undefined) {
      const value = set.resourceAttribute(row, key);
      group[row] = ofResource[resource] = texts.numberOf(value && valueText(value));
    } else {
      group[row] = known;
    }
  }
  return { group, groups: texts.groups };
}

class TextGroups {
  readonly groups: Group[] = [];
  private readonly numbers = new Map<string | undefined, number>();

  numberOf(name: string | undefined): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.groups.push({ name }) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }
}
