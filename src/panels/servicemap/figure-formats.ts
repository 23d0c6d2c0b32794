import { formattedValueToString, type DataFrame, type Field, type FieldConfigSource } from '@grafana/data';
import type { MapStyle } from '../../drawing/graph/map-style';

/**
 * Units and decimals as the panel's field configuration has them. Where it sets neither, figures keep the map's own short
 * form, with one unit for all rates.
 */
export function figureFormats(frames: readonly DataFrame[], fieldConfig: FieldConfigSource): Pick<MapStyle, 'formatRate' | 'formatDuration'> {
  if (!isFormatting(fieldConfig)) {
    return {};
  }
  const written = (name: string) => frames.flatMap(({ fields }) => fields).find((field) => field.name === name && field.display);
  const [rate, duration] = [written('mainstat'), written('detail__p95')];
  return {
    ...(rate && { formatRate: (callsPerSecond: number) => textOf(rate, callsPerSecond) }),
    ...(duration && { formatDuration: (durationNs: number) => textOf(duration, durationNs / 1e6) }),
  };
}

function isFormatting({ defaults, overrides }: FieldConfigSource): boolean {
  const isSet = (id: string) => id === 'unit' || id === 'decimals';
  return defaults.unit !== undefined || typeof defaults.decimals === 'number' || overrides.some(({ properties }) => properties.some(({ id }) => isSet(id)));
}

const textOf = (field: Field, value: number): string => (field.display ? formattedValueToString(field.display(value)) : String(value));
