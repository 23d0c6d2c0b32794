/** The fields of spans that filters may name: columns by their own names, attributes by scope. */
import { SPAN_KIND_NAMES, STATUS_CODE_NAMES } from '../../trace';
import type { FieldInfo, Vocabulary } from './expression';

export type SpanIntrinsic =
  | 'name' | 'service' | 'kind' | 'status' | 'statusMessage' | 'duration' | 'self' | 'start' | 'depth' | 'descendants'
  | 'error' | 'root' | 'repaired' | 'spanId' | 'traceId' | 'traceDuration' | 'rootName' | 'rootService';

export type AttributeScope = 'span' | 'resource' | 'event' | 'link' | 'scope' | 'any';

export type SpanField =
  | { readonly kind: 'intrinsic'; readonly name: SpanIntrinsic }
  /** `any`: of the span, else of its resource, as `.key` is in TraceQL. */
  | { readonly kind: 'attribute'; readonly scope: AttributeScope; readonly key: string }
  | { readonly kind: 'eventName' };

const INTRINSICS: Readonly<Record<SpanIntrinsic, Omit<FieldInfo<SpanField>, 'field'>>> = {
  name: { type: 'text' },
  service: { type: 'text' },
  kind: { type: 'text', values: SPAN_KIND_NAMES },
  status: { type: 'text', values: STATUS_CODE_NAMES },
  statusMessage: { type: 'text' },
  duration: { type: 'duration' },
  self: { type: 'duration' },
  start: { type: 'duration' },
  depth: { type: 'number' },
  descendants: { type: 'number' },
  error: { type: 'boolean' },
  root: { type: 'boolean' },
  repaired: { type: 'boolean' },
  spanId: { type: 'text' },
  traceId: { type: 'text' },
  traceDuration: { type: 'duration' },
  rootName: { type: 'text' },
  rootService: { type: 'text' },
};

const SCOPES: readonly AttributeScope[] = ['span', 'resource', 'event', 'link', 'scope'];
/** Read before a scope: `event.name` is the event's name, not an attribute of it. */
const EVENT_NAME = /^event[.:]name$/;
const ATTRIBUTE = /^(?:(span|resource|event|link|scope)\.|\.)(.+)$/s;

export const SPAN_VOCABULARY: Vocabulary<SpanField> = {
  names: [...Object.keys(INTRINSICS), 'event.name', ...SCOPES.map((scope) => `${scope}.<attribute>`), '.<attribute>'],
  lookup(name) {
    if (Object.hasOwn(INTRINSICS, name)) {
      const intrinsic = name as SpanIntrinsic;
      return { field: { kind: 'intrinsic', name: intrinsic }, ...INTRINSICS[intrinsic] };
    }
    if (EVENT_NAME.test(name)) {
      return { field: { kind: 'eventName' }, type: 'text' };
    }
    const attribute = ATTRIBUTE.exec(name);
    return attribute === null
      ? undefined
      : { field: { kind: 'attribute', scope: (attribute[1] as AttributeScope | undefined) ?? 'any', key: attribute[2] }, type: 'any' };
  },
};
