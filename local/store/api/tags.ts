/** `/api/search/tags` and `/api/v2/search/tags`: the names of attributes, by scope. */
import { Scope } from '../ingest/attribute';
import type { ApiResponse } from '../engine/messages';
import { matchingSpans } from '../query/matching-spans';
import { textLiteral } from '../database/literal';
import { ApiError } from './api-error';
import { type Call, json } from './call';
import type { Compatibility } from './compatibility';
import { hasTracesInRange, tagsRange } from './tags-range';

const SCOPE_NAMES: Readonly<Record<string, number>> = { span: Scope.span, resource: Scope.resource, event: Scope.event, link: Scope.link, instrumentation: Scope.instrumentation };

const INTRINSIC_TAGS = [
  'duration', 'event:name', 'event:timeSinceStart', 'instrumentation:name', 'instrumentation:version', 'kind', 'name', 'rootName', 'rootServiceName', 'span:duration',
  'span:kind', 'span:name', 'span:status', 'span:statusMessage', 'status', 'statusMessage', 'trace:duration', 'trace:rootName', 'trace:rootService', 'traceDuration',
];
/** Asks for all scopes by name: unlike no scope at all, v1 then lists the intrinsics too. */
const ALL_SCOPES = 'none';
/** 3.0 knows it, though no attribute has it. */
const TRACE_SCOPE = 'trace';

export async function tagNames(call: Call): Promise<ApiResponse> {
  const scope = scopeOf(call);
  const names = new Set([...(await namesByScope(call, scope, undefined)).values()].flat());
  if (scope === 'intrinsic' || (call.parameters.text('scope') === ALL_SCOPES && !call.compatibility.hasTraceQl3)) {
    intrinsicTags(call).forEach((tag) => names.add(tag));
  }
  return json({ tagNames: limited(call, [...names].sort()), metrics: {} });
}

export async function tagNamesV2(call: Call): Promise<ApiResponse> {
  const scope = scopeOf(call);
  const narrowing = matchingSpans(call.parameters.text('q'), undefined, call.tenants, call.compatibility);
  const byScope = (await hasTracesInRange(call)) ? await namesByScope(call, scope, narrowing.kind === 'spans' ? narrowing.seqs : undefined) : new Map<string, string[]>();
  const scopes = [...byScope].map(([name, tags]) => ({ name, tags: limited(call, tags) }));
  if (scope === undefined || scope === 'intrinsic') {
    scopes.push({ name: 'intrinsic', tags: intrinsicTags(call) });
  }
  return json({ scopes, metrics: {} });
}

function intrinsicTags({ compatibility }: Call): string[] {
  return [...INTRINSIC_TAGS, ...compatibility.newIntrinsicTags].sort();
}

/** The scope asked for; undefined for all. */
function scopeOf(call: Call): string | undefined {
  const scope = call.parameters.text('scope');
  const known = [...Object.keys(SCOPE_NAMES), ALL_SCOPES, 'intrinsic', ...(call.compatibility.hasTraceQl3 ? [TRACE_SCOPE] : [])];
  if (scope !== undefined && !known.includes(scope)) {
    throw new ApiError(400, `invalid scope: ${scope}`);
  }
  tagsRange(call);
  return scope === ALL_SCOPES ? undefined : scope;
}

function limited({ parameters }: Call, names: readonly string[]): string[] {
  return names.slice(0, parameters.maxCount('limit', names.length || 1));
}

async function namesByScope({ reads, tenants, compatibility }: Call, scope: string | undefined, filter: string | undefined): Promise<Map<string, string[]>> {
  // Narrowed names are those of spans and resources.
  const scopes = Object.entries(SCOPE_NAMES).filter(([name]) => (scope === undefined || name === scope) && (!filter || name === 'span' || name === 'resource'));
  const numbers = scopes.map(([, number]) => number);
  const names = new Map<string, string[]>();
  if (numbers.length === 0) {
    return names;
  }
  const used = filter
    ? `AND (${columnAttributes(compatibility)} OR id IN (SELECT pair FROM attribute WHERE span IN (${filter})
        UNION ALL SELECT a.pair FROM resource_attribute a WHERE a.resource IN (SELECT resource FROM span WHERE seq IN (${filter}))
        UNION ALL SELECT a.pair FROM instrumentation_attribute a WHERE a.instrumentation IN (SELECT instrumentation FROM span WHERE seq IN (${filter}))))`
    : '';
  const rows = await reads.query(`SELECT DISTINCT scope, key FROM pair WHERE scope IN (${numbers.join(', ')}) AND type <> 0 AND tenant IN (${tenants.join(', ') || 'NULL'}) ${used} ORDER BY key`);
  for (const [name, number] of scopes) {
    const keys = rows.filter((row) => row.scope === number).map((row) => row.key as string);
    if (keys.length > 0) {
      names.set(name, keys);
    }
  }
  return names;
}

/** Attributes with a column of their own are named wherever they have a value, but for newer ones of numbers. */
function columnAttributes({ blockColumns: { resource, span } }: Compatibility): string {
  const names = (scope: number, keys: readonly string[]): string => `(scope = ${scope} AND key IN (${keys.map(textLiteral).join(', ')}))`;
  return `${names(Scope.resource, resource)} OR ${names(Scope.span, span.filter((key) => key !== 'http.response.status_code' && key !== 'server.port'))}`;
}
