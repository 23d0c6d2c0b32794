/** The search by tags: `tags=service.name=veza-web name="POST /x"`, in logfmt. Each pair must be found on some span of the trace. */
import type { ComparisonOp, Expression, Pipeline, Spanset } from '../traceql/ast';
import { ApiError } from './api-error';

/** Names that stand for something other than the attribute of that name. */
const INTRINSIC_TAGS: Readonly<Record<string, 'name' | 'rootName' | 'rootServiceName'>> = { name: 'name', 'root.name': 'rootName', 'root.service.name': 'rootServiceName' };
const STATUSES = ['unset', 'ok', 'error'];

export function pipelineOfTags(tags: string): Pipeline {
  const spansets = [...parseLogfmt(tags)].map(([key, value]): Spanset => ({ kind: 'filter', condition: conditionOf(key, value) }));
  const all: Spanset = { kind: 'filter', condition: undefined };
  return { spanset: spansets.length === 0 ? all : spansets.reduce((left, right) => ({ kind: 'and', left, right })), stages: [] };
}

/** Undefined for what Tempo passes over: a status that is none. */
function conditionOf(key: string, value: string): Expression | undefined {
  const compare = (left: Expression, op: ComparisonOp, right: Expression): Expression => ({ kind: 'binary', op, left, right });
  // A case-sensitive substring of a text.
  const pattern: Expression = { kind: 'static', type: 'string', value: `.*${value.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}.*` };
  if (Object.hasOwn(INTRINSIC_TAGS, key)) {
    return compare({ kind: 'intrinsic', name: INTRINSIC_TAGS[key] }, '=~', pattern);
  }
  const status = STATUSES.indexOf(value);
  if (key === 'status.code') {
    return status < 0 ? undefined : compare({ kind: 'intrinsic', name: 'status' }, '=', { kind: 'static', type: 'status', value: status, text: value });
  }
  const field: Expression = { kind: 'attribute', scope: 'any', name: key };
  // Of the numbers, Tempo's search by tags knows this one only.
  if (key === 'http.status_code' && /^\d{1,18}$/.test(value)) {
    return compare(field, '=', { kind: 'static', type: 'int', value: BigInt(value) });
  }
  return compare(field, '=~', pattern);
}

/** @throws ApiError 400 for an open quote, a `=` or `"` that is out of place, or a tag that comes twice */
function parseLogfmt(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  const part = /\s*([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)("?)|([^\s"=]*)))?/y;
  let read = 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const [, key, quoted, closing, plain] = match;
    read = part.lastIndex;
    if (quoted !== undefined && closing === '') {
      throw new ApiError(400, `invalid tags: unterminated quoted value at pos ${read + 1}`);
    }
    if (tags.has(key)) {
      throw new ApiError(400, `invalid tags: tag ${key} has been set twice`);
    }
    tags.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const rest = text.slice(read).search(/\S/);
  if (rest >= 0) {
    throw new ApiError(400, `invalid tags: unexpected '${text[read + rest]}' at pos ${read + rest + 1}`);
  }
  return tags;
}
