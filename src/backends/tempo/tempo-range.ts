import type { TimeRangeMs } from '../backend';

/** Tempo's parameters of a range, in whole seconds that hold all of it. */
export const secondsOf = ({ fromMs, toMs }: TimeRangeMs) => ({ start: Math.floor(fromMs / 1000), end: Math.ceil(toMs / 1000) });
