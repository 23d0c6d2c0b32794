import { INITIAL_MAP_STATE, type MapFocus, type MapItemId, type MapState } from './map-state';

/** Every parameter that a map's state is written to. */
const NAMES = ['show', 'find', 'hide', 'selected', 'focus', 'collapsed', 'layout', 'colour', 'weight'] as const;
type Texts = Readonly<Record<(typeof NAMES)[number], string>>;

/** The map's state in an address. What is absent or cannot be read is as it is initially: an old link still opens. */
export function mapStateOf(params: URLSearchParams, initial: MapState = INITIAL_MAP_STATE): MapState {
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T) => values.find((value) => value === params.get(name)) ?? fallback;
  return {
    show: oneOf('show', ['map', 'table'], initial.show),
    find: params.get('find') ?? initial.find,
    hide: params.get('hide') ?? initial.hide,
    selected: itemOf(params.get('selected')),
    focus: focusOf(params.get('focus')),
    collapsed: params.getAll('collapsed'),
    layout: oneOf('layout', ['layered', 'force', 'grid'], initial.layout),
    colouring: oneOf('colour', ['errors', 'latency', 'baseline', 'change', 'none'], initial.colouring),
    weighting: oneOf('weight', ['calls', 'share'], initial.weighting),
  };
}

/** A copy of the parameters with the state in them; what is as it is initially is left out, so that addresses stay short. */
export function withMapState(params: URLSearchParams, state: MapState, initial: MapState = INITIAL_MAP_STATE): URLSearchParams {
  const next = new URLSearchParams(params);
  NAMES.forEach((name) => next.delete(name));
  const [texts, defaults] = [textsOf(state), textsOf(initial)];
  NAMES.filter((name) => texts[name] !== defaults[name]).forEach((name) => next.set(name, texts[name]));
  state.collapsed.forEach((group) => next.append('collapsed', group));
  return next;
}

function textsOf({ show, find, hide, selected, focus, layout, colouring, weighting }: MapState): Texts {
  return {
    show, find, hide, layout,
    colour: colouring,
    weight: weighting,
    selected: selected ? `${selected.kind}:${selected.id}` : '',
    focus: focus ? `${hopsText(focus.upHops)}:${hopsText(focus.downHops)}:${focus.nodeId}` : '',
    // Several values: appended one by one.
    collapsed: '',
  };
}

function itemOf(text: string | null): MapItemId | undefined {
  const [, kind, id] = /^(node|edge):(.+)$/s.exec(text ?? '') ?? [];
  return id === undefined ? undefined : { kind: kind as MapItemId['kind'], id };
}

function focusOf(text: string | null): MapFocus | undefined {
  const [, up, down, nodeId] = /^(\d|all):(\d|all):(.+)$/s.exec(text ?? '') ?? [];
  return nodeId === undefined ? undefined : { nodeId, upHops: hopsOf(up), downHops: hopsOf(down) };
}

const hopsText = (hops: number) => (Number.isFinite(hops) ? String(hops) : 'all');
const hopsOf = (text: string) => (text === 'all' ? Infinity : Number(text));
