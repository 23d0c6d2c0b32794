/** The colour of each span: by its service, its name, or any attribute. */
import { groupColumn, type Group, type GroupBy } from '../../analysis/group-column';
import { serviceColours } from '../../drawing/service-colour';
import type { TraceSet } from '../../trace';

export interface SpanColours {
  /** Index into colours of each row of the set. */
  readonly group: Uint32Array;
  readonly groups: readonly Group[];
  readonly colours: readonly string[];
}

export interface LegendEntry {
  readonly group: Group;
  readonly colour: string;
  readonly spanCount: number;
}

/** Of spans that lack the attribute. */
const MISSING_COLOUR = { dark: 'hsl(0 0% 45%)', light: 'hsl(0 0% 55%)' } as const;

export function spanColours(set: TraceSet, by: GroupBy, isDark: boolean): SpanColours {
  const { group, groups } = groupColumn(set, by);
  const colours = serviceColours(groups.map(nameOfGroup), isDark).map((colour, at) =>
    groups[at].name === undefined ? MISSING_COLOUR[isDark ? 'dark' : 'light'] : colour
  );
  return { group, groups, colours };
}

/** The groups of one trace, those of most spans first. */
export function legendOf({ group, groups, colours }: SpanColours, set: TraceSet, trace: number): LegendEntry[] {
  const counts = new Uint32Array(groups.length);
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    counts[group[row]]++;
  }
  return groups
    .map((each, at) => ({ group: each, colour: colours[at], spanCount: counts[at] }))
    .filter(({ spanCount }) => spanCount > 0)
    .sort((a, b) => b.spanCount - a.spanCount);
}

export const nameOfGroup = ({ name, service }: Group): string => (service === undefined ? (name ?? '(none)') : `${service}: ${name ?? ''}`);
