import type { GrafanaTheme2 } from '@grafana/data';
import type { MapPalette } from '../../drawing/graph/map-palette';

/**
 * The map's colours in a Grafana theme.
 *
 * @param background what the map lies on; a panel's where undefined
 */
export function mapPalette(theme: GrafanaTheme2, background?: string): MapPalette {
  return {
    background: background ?? theme.colors.background.primary,
    card: theme.colors.background.secondary,
    cardBorder: theme.colors.border.medium,
    text: theme.colors.text.primary,
    textFaint: theme.colors.text.secondary,
    edge: theme.isDark ? '#5b6273' : '#a9b0bf',
    success: theme.colors.success.text,
    warning: theme.colors.warning.text,
    error: theme.colors.error.text,
    accent: theme.colors.primary.text,
    fontFamily: theme.typography.fontFamily,
  };
}
