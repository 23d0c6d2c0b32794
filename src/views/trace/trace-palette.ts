import type { GrafanaTheme2 } from '@grafana/data';
import type { WaterfallPalette } from '../../drawing/waterfall/waterfall-scene';

/** The timeline's colours in a Grafana theme. */
export function waterfallPalette(theme: GrafanaTheme2): WaterfallPalette {
  return {
    grid: theme.colors.border.weak,
    text: theme.colors.text.primary,
    textFaint: theme.colors.text.secondary,
    background: theme.colors.background.primary,
    error: theme.colors.error.text,
    selection: theme.colors.action.selected,
    match: theme.colors.warning.transparent,
    criticalPath: theme.colors.text.maxContrast,
    link: theme.colors.info.text,
    fontFamily: theme.typography.fontFamily,
  };
}
