import type { DataFrame, LinkModel } from '@grafana/data';
import { parseSpanId, type TraceSet } from '../../trace';
import type { SpanLinkOut } from '../../views/trace/details/correlations/span-link-out';

/** The data links that the panel's field options put on a span: those of its row in the frame, of whatever field. */
export function frameLinks(set: TraceSet, frames: readonly DataFrame[]): (row: number) => SpanLinkOut[] {
  let places: Map<string, { readonly frame: DataFrame; readonly index: number }> | undefined;
  return (row) => {
    places ??= placesOf(frames);
    const place = places.get(set.spanId(row));
    if (!place) {
      return [];
    }
    const links = place.frame.fields.flatMap((field): LinkModel[] => (field.config.links?.length ? (field.getLinks?.({ valueRowIndex: place.index }) ?? []) : []));
    // A link set for all fields is one link.
    const distinct = new Map(links.map((link) => [`${link.title}\n${link.href}`, link]));
    return [...distinct.values()].map(({ title, href, target, onClick }) => ({ title, href, target, onClick: onClick && ((event) => onClick(event)) }));
  };
}

function placesOf(frames: readonly DataFrame[]) {
  const places = new Map<string, { readonly frame: DataFrame; readonly index: number }>();
  for (const frame of frames) {
    const ids = frame.fields.find(({ name }) => name === 'spanID');
    for (let index = 0; ids && index < frame.length; index++) {
      const spanId = parseSpanId(String(ids.values[index]));
      if (spanId) {
        places.set(spanId, { frame, index });
      }
    }
  }
  return places;
}
