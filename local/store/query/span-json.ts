/**
 * The spans of a search answer as JSON texts: one statement reads their columns, one their listed attributes, and what is in the
 * dictionary comes from memory.
 */
import type { Columns, Row } from '../database/readers';
import { isAmong, textLiteral } from '../database/literal';
import { Scope, ValueType } from '../ingest/attribute';
import type { AttributeField, IntrinsicName } from '../traceql/ast';
import type { FieldUse } from '../traceql/field-uses';
import { anyValue } from './any-value';
import { ConditionCompiler, isMetByNothing, LIST_INTRINSICS, type ListIntrinsic, pairCondition } from './condition-sql';
import { type CachedPair, type DictionaryCache, type QuerySql, textOfPair } from './dictionary-cache';
import { formatDuration } from './format-duration';
import type { IdLookups } from './id-lookups';
import { latestFirst } from './last-of-list';
import { shortTraceId } from './short-trace-id';
import { EVERYTHING, SqlScope } from './sql-scope';
import { nothingText, ValueJoins } from './value-sql';

const SCOPES: Readonly<Record<AttributeField['scope'], readonly number[]>> = {
  any: [Scope.span, Scope.resource], span: [Scope.span], resource: [Scope.resource], event: [Scope.event], link: [Scope.link], instrumentation: [Scope.instrumentation],
};
/** Intrinsics that answers do not list: those of the whole trace and those with a place of their own. */
const UNLISTED: readonly IntrinsicName[] = ['duration', 'traceDuration', 'rootName', 'rootServiceName', 'traceID', 'spanID'];

const STATUSES = ['unset', 'ok', 'error'].map((status) => textAttribute('status', status));
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'].map((kind) => textAttribute('kind', kind));
const SPAN_COLUMNS = 's.trace::DOUBLE AS trace, s.seq::DOUBLE AS seq, s.span_id, s.start_ns, s.duration_ns';

/** What has pairs: spans, with their events and links (lists), and what spans share. */
const OWNERS = [
  { column: 'seq', owner: 'span', table: 'attribute', isList: false, scopes: [Scope.span] },
  { column: 'seq', owner: 'span', table: 'attribute', isList: true, scopes: [Scope.event] },
  { column: 'seq', owner: 'span', table: 'attribute', isList: true, scopes: [Scope.link] },
  { column: 'resource', owner: 'resource', table: 'resource_attribute', isList: false, scopes: [Scope.resource] },
  { column: 'instrumentation', owner: 'instrumentation', table: 'instrumentation_attribute', isList: false, scopes: [Scope.instrumentation] },
] as const;

/** The listed pairs of one kind of owner: `keys` is the condition on `pair p`, `isPair` the one on `a.pair`. */
type OwnerPairs = (typeof OWNERS)[number] & { readonly keys: string; readonly isPair: string };

interface ListedIntrinsic {
  readonly name: IntrinsicName;
  /** The column that says whether this span's value is listed; undefined where it always is. */
  readonly column: string | undefined;
}

/** Attributes of a row as texts, by key: of one that a span and its resource have, the span's comes first. */
type Attributes = Map<string, string>;

export class SpanJsonWriter {
  /** What to select from `span s`. */
  readonly columns: string;
  /** What that needs beside `span s`. */
  readonly joins: string;
  private readonly uses: readonly FieldUse[];
  private readonly blockColumns: BlockColumns;
  private readonly needsEvents: boolean;
  private readonly owners: readonly OwnerPairs[];
  private readonly intrinsics: readonly ListedIntrinsic[];

  /** @param blockColumns see `keysIn`; `needsEvents` as for the conditions */
  constructor(uses: readonly FieldUse[], lookups: IdLookups, { blockColumns, needsEvents }: { readonly blockColumns: BlockColumns; readonly needsEvents: boolean }) {
    const scope = new SqlScope({ ...EVERYTHING, needsEvents }, lookups);
    const joins = new ValueJoins(scope, 's');
    const conditions = new ConditionCompiler(scope, 's', joins);
    const columns = new Set([SPAN_COLUMNS]);
    this.uses = uses;
    this.blockColumns = blockColumns;
    this.needsEvents = needsEvents;
    this.intrinsics = uses.flatMap(({ field, conditions: asked }, i): ListedIntrinsic[] => {
      if (field.kind !== 'intrinsic' || UNLISTED.includes(field.name) || isList(field.name)) {
        return [];
      }
      columns.add(columnOf(field.name, joins));
      if (!asked) {
        return [{ name: field.name, column: undefined }];
      }
      columns.add(`${conditions.fieldCondition(field, asked)} AS listed_${i}`);
      return [{ name: field.name, column: `listed_${i}` }];
    });
    this.owners = OWNERS.flatMap((owner) => {
      const keys = this.keysIn(owner.scopes);
      const isPair = keys ? lookups.isIn('a.pair', `SELECT p.id FROM pair p WHERE (${keys}) AND p.type <> ${ValueType.other}`) : 'false';
      return isPair === 'false' ? [] : [{ ...owner, keys, isPair }];
    });
    this.owners.forEach(({ column }) => columns.add(column === 'seq' ? SPAN_COLUMNS : `s.${column}`));
    this.columns = [...columns].join(', ');
    this.joins = joins.sql;
  }

  /** @param found rows with `columns` */
  async write(query: QuerySql, cache: DictionaryCache, found: Columns): Promise<string[]> {
    const attributes = await this.attributes(query, cache, found);
    const names = this.intrinsics.some(({ name }) => name === 'name') ? await cache.pairs(query, found.name as number[]) : undefined;
    const isNamed = this.intrinsics.find(({ name }) => name === 'name');
    return found.seq.map((_, row) => {
      const name = names && isNamed && isListed(isNamed, found, row) ? textOfPair(names, found.name[row] as number) : '';
      const durationNs = BigInt.asUintN(64, found.duration_ns[row] as bigint);
      const listed = [...attributes[row].values()];
      return `{"spanID":"${hex(found.span_id[row] as bigint)}"${name ? `,"name":${JSON.stringify(name)}` : ''},"startTimeUnixNano":"${BigInt.asUintN(64, found.start_ns[row] as bigint)}"${durationNs === 0n ? '' : `,"durationNanos":"${durationNs}"`}${listed.length > 0 ? `,"attributes":[${listed.join(',')}]` : ''}}`;
    });
  }

  private async attributes(query: QuerySql, cache: DictionaryCache, found: Columns): Promise<Attributes[]> {
    const attributes = found.seq.map((): Attributes => new Map());
    if (found.seq.length > 0) {
      for (const owner of this.owners) {
        await this.addPairs(query, cache, found, owner, attributes);
      }
    }
    for (const text of this.textsOfNothing()) {
      attributes.forEach((list) => addOnce(list, text.key, text.json));
    }
    await this.addIntrinsics(query, cache, found, attributes);
    return attributes;
  }

  private async addPairs(query: QuerySql, cache: DictionaryCache, found: Columns, { column, table, owner, isList, keys, isPair }: OwnerPairs, attributes: Attributes[]): Promise<void> {
    const owners = [...new Set(found[column] as number[])];
    const rows = await query(`SELECT a.${owner}::DOUBLE AS owner, a.pair FROM ${table} a WHERE ${isPair} AND ${isAmong(`a.${owner}`, owners)}`);
    const pairs = await cache.pairs(query, rows.map((row) => row.pair as number));
    const texts = await this.pairTexts(query, keys, pairs);
    const pairsOf = new Map<number, number[]>();
    for (const row of rows) {
      const known = pairsOf.get(row.owner as number);
      if (known) {
        known.push(row.pair as number);
      } else {
        pairsOf.set(row.owner as number, [row.pair as number]);
      }
    }
    const byOwner = isList ? await latestFirst(query, found, pairsOf, pairs) : pairsOf;
    (found[column] as number[]).forEach((number, row) => {
      for (const pair of byOwner.get(number) ?? []) {
        addOnce(attributes[row], pairs.get(pair)?.key ?? '', texts.get(pair));
      }
    });
  }

  /** Of an array the elements are listed that were asked for: one as itself, several as an array. */
  private async pairTexts(query: QuerySql, keys: string, pairs: ReadonlyMap<number, CachedPair>): Promise<Map<number, string>> {
    const texts = new Map([...pairs].map(([id, pair]) => [id, pairText(pair)]));
    const arrays = [...pairs].flatMap(([id, { raw }]) => (raw ? [id] : []));
    if (arrays.length > 0) {
      const elements = new Map<number, Row[]>();
      for (const row of await query(`SELECT id, key, type, text, number, integer FROM pair p WHERE p.id IN (${arrays.join(', ')}) AND (${keys}) ORDER BY p.rowid`)) {
        elements.set(row.id as number, [...(elements.get(row.id as number) ?? []), row]);
      }
      for (const [id, rows] of elements) {
        const values = rows.map((row) => anyValue(row as never));
        texts.set(id, JSON.stringify({ key: rows[0].key, value: values.length === 1 ? values[0] : { arrayValue: { values } } }));
      }
    }
    return texts;
  }

  /** What is listed of a span without events or links, see ConditionCompiler. */
  private textsOfNothing(): Array<{ key: string; json: string }> {
    return this.uses.flatMap(({ field, conditions }) => {
      if (field.kind !== 'intrinsic' || !isList(field.name)) {
        return [];
      }
      const { name } = field;
      const isListed = !conditions || (!this.needsEvents && conditions.some(({ op, value }) => isMetByNothing(name, op, value)));
      return isListed ? [{ key: name, json: textAttribute(name, name === 'event:timeSinceStart' ? formatDuration(0) : nothingText(name)) }] : [];
    });
  }

  private async addIntrinsics(query: QuerySql, cache: DictionaryCache, found: Columns, attributes: Attributes[]): Promise<void> {
    const reads = (...names: IntrinsicName[]): boolean => this.intrinsics.some(({ name }) => names.includes(name));
    const messages = reads('statusMessage') ? await cache.pairs(query, (found.status_message as Array<number | null>).flatMap((id) => id ?? [])) : undefined;
    const instrumentations = reads('instrumentation:name', 'instrumentation:version') ? await cache.instrumentations(query, found.instrumentation as number[]) : undefined;
    for (const intrinsic of this.intrinsics) {
      const textOf = (row: number): string | undefined => {
        switch (intrinsic.name) {
          case 'status':
            return STATUSES[found.status[row] as number] ?? STATUSES[0];
          case 'kind':
            return KINDS[found.kind[row] as number] ?? KINDS[0];
          case 'statusMessage':
            return textAttribute('statusMessage', found.status_message[row] === null || !messages ? '' : textOfPair(messages, found.status_message[row] as number));
          case 'nestedSetLeft':
            return intAttribute('nestedSetLeft', found.nested_left[row]);
          case 'nestedSetRight':
            return intAttribute('nestedSetRight', found.nested_right[row]);
          case 'nestedSetParent':
            return intAttribute('nestedSetParent', found.nested_parent[row]);
          case 'childCount':
            return intAttribute('childCount', found.children[row]);
          case 'parentID':
            return textAttribute('span:parentID', hex(found.parent_id[row] as bigint));
          case 'instrumentation:name':
            return textAttribute('instrumentation:name', instrumentations?.get(found.instrumentation[row] as number)?.name ?? '');
          case 'instrumentation:version':
            return textAttribute('instrumentation:version', instrumentations?.get(found.instrumentation[row] as number)?.version ?? '');
          default:
            return undefined;
        }
      };
      attributes.forEach((list, row) => {
        if (isListed(intrinsic, found, row)) {
          addOnce(list, intrinsic.name, textOf(row));
        }
      });
    }
  }

  /**
   * The rows `p` of `pair` that the fields stand for, in some of the scopes; empty for none. Attributes without a column of their own
   * in Tempo's blocks lie in one, so a value is listed there as soon as it fulfils a condition on any of them.
   */
  private keysIn(scopes: readonly number[]): string {
    const conditions = this.uses.flatMap((use) => {
      const { field } = use;
      const asked = this.hasOwnColumn(use) ? use.conditions : this.pooledConditions(scopes);
      const values = asked ? `(${asked.map(({ op, value }) => pairCondition(op, value)).join(' OR ')})` : 'true';
      if (field.kind === 'intrinsic') {
        return isList(field.name) && scopes.includes(field.name.startsWith('event:') ? Scope.event : Scope.link) ? [`(p.scope = ${Scope.intrinsic} AND p.key = ${textLiteral(field.name)} AND ${values})`] : [];
      }
      return SCOPES[field.scope].filter((scope) => scopes.includes(scope)).map((scope) => `(p.scope = ${scope} AND p.key = ${textLiteral(field.name)} AND ${values})`);
    });
    return conditions.join(' OR ');
  }

  private hasOwnColumn({ field }: FieldUse): boolean {
    return field.kind === 'intrinsic' || this.blockColumns.span.includes(field.name) || this.blockColumns.resource.includes(field.name);
  }

  /** Undefined where one of the attributes is asked for whatever its value. */
  private pooledConditions(scopes: readonly number[]): FieldUse['conditions'] {
    const pool = this.uses.filter((use) => use.field.kind === 'attribute' && !this.hasOwnColumn(use) && SCOPES[use.field.scope].some((scope) => scopes.includes(scope)));
    return pool.some(({ conditions }) => !conditions) ? undefined : pool.flatMap(({ conditions }) => conditions ?? []);
  }
}

/** Attributes with a column of their own in Tempo's blocks. */
export type BlockColumns = Readonly<Record<'resource' | 'span', readonly string[]>>;

/** The column of `span s` that an intrinsic is read from. */
function columnOf(name: IntrinsicName, joins: ValueJoins): string {
  switch (name) {
    case 'nestedSetLeft':
      return 's.nested_left';
    case 'nestedSetRight':
      return 's.nested_right';
    case 'nestedSetParent':
      return 's.nested_parent';
    case 'statusMessage':
      return 's.status_message';
    case 'parentID':
      return 's.parent_id';
    case 'instrumentation:name':
    case 'instrumentation:version':
      return 's.instrumentation';
    case 'childCount': {
      const value = joins.valueOf({ kind: 'intrinsic', name });
      return `${value.kind === 'number' ? value.sql : 'NULL'} AS children`;
    }
    default:
      return `s.${name}`;
  }
}

function isList(name: IntrinsicName): name is ListIntrinsic {
  return LIST_INTRINSICS.some((list) => list === name);
}

function isListed({ column }: ListedIntrinsic, found: Columns, row: number): boolean {
  return column === undefined || found[column][row] === true;
}

function addOnce(attributes: Attributes, key: string, text: string | undefined): void {
  if (text !== undefined && !attributes.has(key)) {
    attributes.set(key, text);
  }
}

function textAttribute(key: string, value: string): string {
  return JSON.stringify({ key, value: { stringValue: value } });
}

function intAttribute(key: string, value: unknown): string {
  return `{"key":"${key}","value":{"intValue":"${String(value)}"}}`;
}

function pairText({ scope, key, values: [value] }: CachedPair): string {
  switch (scope === Scope.intrinsic ? key : undefined) {
    case 'event:timeSinceStart':
      return textAttribute(key, formatDuration(value.number ?? 0));
    case 'link:traceID':
      return textAttribute(key, shortTraceId(value.text ?? ''));
    default:
      return JSON.stringify({ key, value: anyValue(value) });
  }
}

function hex(id: bigint): string {
  return id.toString(16).padStart(16, '0');
}
