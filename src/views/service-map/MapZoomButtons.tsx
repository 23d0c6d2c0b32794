import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { memo } from 'react';

interface Props {
  readonly onFit: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onLegend: () => void;
  readonly isLegendOpen: boolean;
  /** Whether they are there only while the pointer or the focus is in the map. */
  readonly isDiscreet: boolean;
}

/** Drawn anew only when the map is fitted anew, not in every frame of a zoom. */
export const MapZoomButtons = memo(function MapZoomButtons({ onFit, onZoom, onLegend, isLegendOpen, isDiscreet }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={cx(styles.buttons, isDiscreet && styles.discreet)} role="group" aria-label="Zoom and legend">
      <IconButton name="plus" tooltip="Zoom in (+)" onClick={() => onZoom(1.25)} />
      <IconButton name="minus" tooltip="Zoom out (−)" onClick={() => onZoom(0.8)} />
      <IconButton name="expand-arrows" tooltip="Show everything (0)" onClick={onFit} />
      <IconButton name="question-circle" tooltip="Legend" aria-expanded={isLegendOpen} onClick={onLegend} />
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  buttons: css({
    position: 'absolute',
    left: theme.spacing(1),
    bottom: theme.spacing(1),
    display: 'flex',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.75),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  // Touch screens have no pointer that could be somewhere.
  discreet: css({ '@media (hover: hover)': { opacity: 0, '*:hover > &, *:focus-within > &': { opacity: 1 } } }),
});
