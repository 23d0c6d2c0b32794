import { useTheme2 } from '@grafana/ui';
import { formatDuration } from '../../../drawing/format-figures';

/** A difference of durations with its sign: more is red, less is green; the sign says it too. */
export function Difference({ ns }: { readonly ns: number | undefined }) {
  const { colors } = useTheme2();
  if (ns === undefined) {
    return null;
  }
  const colour = ns > 0 ? colors.error.text : ns < 0 ? colors.success.text : undefined;
  return <span style={{ color: colour }}>{ns === 0 ? '±0' : `${ns > 0 ? '+' : '−'}${formatDuration(Math.abs(ns))}`}</span>;
}
