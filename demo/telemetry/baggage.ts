import { type Attributes, context, type Context, propagation } from '@opentelemetry/api';

/** Baggage that becomes span attributes. Baggage is the caller's word and travels far: a fixed list of harmless keys only. */
const RECORDED_KEYS = ['session.id', 'veza.plan'] as const;

const MAX_VALUE_CHARACTERS = 64;

export function withBaggage(entries: Readonly<Record<string, string>>, parent: Context = context.active()): Context {
  const values = Object.entries(entries).map(([key, value]) => [key, { value }] as const);
  return propagation.setBaggage(parent, propagation.createBaggage(Object.fromEntries(values)));
}

export function baggageValue(key: string): string | undefined {
  return propagation.getActiveBaggage()?.getEntry(key)?.value.slice(0, MAX_VALUE_CHARACTERS);
}

/** The part of the active baggage that belongs on a span. */
export function baggageAttributes(): Attributes {
  const present = RECORDED_KEYS.map((key) => [key, baggageValue(key)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present);
}
