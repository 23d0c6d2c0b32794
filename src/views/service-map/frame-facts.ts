/** What node graph frames tell beside calls, errors and durations: in the words, units and colours of their data source. */
import type { Field } from '@grafana/data';
import type { MapArc, MapFact } from '../../drawing/graph/map-model';
import { cssColour } from './css-colour';
import { numberOf, type Column, type FrameColumns } from './frame-columns';

/** What has an interval, in the fields of both its ends. */
const INTERVALS = ['calls', 'error_ratio', 'p50', 'p95', 'p99'];

/** Details that are read as figures of the map. */
const READ_AS_FIGURES: ReadonlySet<string> = new Set(
  ['calls', 'errors', 'p50', 'p95', 'p99', 'traces', 'service', 'group', 'change', 'provenance', 'gap', 'share', 'p95_before', ...INTERVALS.flatMap((name) => [`${name}_low`, `${name}_high`])].map((name) => `detail__${name}`)
);

const STATS = ['mainstat', 'secondarystat'] as const;

/**
 * Main and secondary statistic and all details.
 *
 * @param read fields that are read otherwise
 */
export function factsOf(frame: FrameColumns, read: readonly string[]): Column<readonly MapFact[] | undefined> {
  // Ours repeat in their statistics what their details say.
  const stats = frame.has('detail__calls') ? [] : ['subtitle', ...STATS].filter((name) => !read.includes(name) && frame.has(name));
  const details = frame.fieldsNamed('detail__').flatMap(([name]) => (READ_AS_FIGURES.has(name) ? [] : [name]));
  const columns = [...stats, ...details].map((name) => ({ name: titleOf(frame.field(name), name), text: frame.written(name), value: frame.number(name) }));
  if (columns.length === 0) {
    return () => undefined;
  }
  return (row) =>
    columns.flatMap(({ name, text, value }) => {
      const written = text(row);
      return written === '' ? [] : [{ name, text: written, value: value(row) }];
    });
}

/** What Grafana's Node graph writes on an item: both statistics, and its subtitle. */
export function labelOf(frame: FrameColumns): Column<string> {
  const stats = [...STATS, 'subtitle'].map((name) => frame.written(name));
  return (row) => stats.flatMap((stat) => stat(row) || []).join(' · ');
}

/** The ring that the fields `arc__…` ask for; undefined where they are read as errors, or where there are none. */
export function arcsOf(frame: FrameColumns): Column<readonly MapArc[] | undefined> {
  const fields = frame.fieldsNamed('arc__');
  if (fields.length === 0 || ['arc__errors', 'arc__failed', 'detail__errors'].some((name) => frame.has(name))) {
    return () => undefined;
  }
  return (row) =>
    fields.flatMap(([name, field]) => {
      const share = shareOf(numberOf(field.values[row]));
      return share > 0 ? [{ name: titleOf(field, name), share, colour: cssColour(field.display?.(field.values[row]).color ?? field.config.color?.fixedColor) ?? 'gray' }] : [];
    });
}

/** In [0, 1], whatever came. */
export const shareOf = (value: number | undefined): number => Math.min(1, Math.max(0, value ?? 0));

const titleOf = (field: Field | undefined, name: string): string => field?.config.displayName || (field?.name ?? name).replace(/^(detail|arc)__/i, '');
