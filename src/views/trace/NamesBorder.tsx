import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

interface Props {
  /** Part of the width left of it, 0 to 1. */
  readonly share: number;
  /** What `share` is of. */
  readonly widthPx: number;
  readonly onChange: (share: number) => void;
}

const KEY_STEP = 0.02;

/** Between names and bars: dragged, or moved by arrow keys. */
export function NamesBorder({ share, widthPx, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div
      className={styles.border}
      style={{ left: share * widthPx }}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const left = event.currentTarget.parentElement?.getBoundingClientRect().left;
        if (event.currentTarget.hasPointerCapture(event.pointerId) && left !== undefined && widthPx > 0) {
          onChange((event.clientX - left) / widthPx);
        }
      }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft' || key === 'ArrowRight') {
          onChange(share + (key === 'ArrowLeft' ? -KEY_STEP : KEY_STEP));
        }
      }}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  border: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 9,
    marginLeft: -5,
    zIndex: 1,
    cursor: 'col-resize',
    touchAction: 'none',
    '&::after': { content: '""', position: 'absolute', left: 4, top: 0, bottom: 0, width: 1, background: theme.colors.border.weak },
    '&:hover::after, &:focus-visible::after': { left: 3, width: 3, background: theme.colors.primary.main },
    '&:focus-visible': { outline: 'none' },
  }),
});
