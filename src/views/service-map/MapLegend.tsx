import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { formatDuration, formatPercent } from '../../drawing/format-figures';
import type { MapChange, MapModel } from '../../drawing/graph/map-model';
import { changeColour, defaultMapStyle, type MapStyle, type ThresholdStep } from '../../drawing/graph/map-style';
import { mapPalette } from './map-palette';

interface Props {
  readonly model: MapModel;
  /** What differs from the default style. */
  readonly style: Partial<MapStyle>;
}

interface Entry {
  readonly colour: string;
  readonly text: string;
}

const LABELS: Readonly<Record<MapStyle['edgeLabel'][number], string>> = {
  rate: 'rate', errors: 'failed share', p50: 'p50', p95: 'p95', p99: 'p99', share: 'share of end-to-end latency',
};
const CHANGES: readonly MapChange[] = ['new', 'gone', 'slower', 'faster', 'more-errors', 'fewer-errors'];

/** Explains what is drawn, and only that: colours, widths, rings and labels as they are now. */
export function MapLegend({ model, style: changed }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [isOpen, setOpen] = useState(true);
  const palette = useMemo(() => mapPalette(theme), [theme]);
  const style = useMemo(() => ({ ...defaultMapStyle(palette), ...changed }), [palette, changed]);
  if (!isOpen) {
    return (
      <div className={styles.box}>
        <IconButton name="question-circle" tooltip="What the map shows" onClick={() => setOpen(true)} />
      </div>
    );
  }
  const isEstimate = model.edges.some(({ countInterval }) => countInterval !== undefined);
  return (
    <section className={styles.box} aria-label="Legend">
      <IconButton className={styles.close} name="times" size="sm" tooltip="Close the legend" onClick={() => setOpen(false)} />
      <p className={styles.line}>Rings: share of failed calls</p>
      <p className={styles.line}>Width: {style.edgeWeighting === 'share' ? 'share of end-to-end latency' : 'calls'}</p>
      {style.edgeLabel.length > 0 && (
        <p className={styles.line}>
          Labels: {style.edgeLabel.map((figure) => LABELS[figure]).join(' · ')}
          {isEstimate && ' (≈ estimated)'}
        </p>
      )}
      <ul className={styles.entries} aria-label="Colours of connections">
        {entriesOf(style, (change) => changeColour(change, palette)).map(({ colour, text }) => (
          <li key={text} className={styles.entry}>
            <span className={styles.swatch} style={{ background: colour }} />
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function entriesOf(style: MapStyle, colourOfChange: (change: MapChange) => string): Entry[] {
  const from = (steps: readonly ThresholdStep[], text: (value: number) => string) => steps.map(({ from: value, colour }) => ({ colour, text: text(value) }));
  switch (style.edgeColouring) {
    case 'errors':
      return from(style.errorSteps, (ratio) => `failed ≥ ${formatPercent(ratio)}`);
    case 'latency':
      return from(style.latencySteps, (durationNs) => `p95 ≥ ${(style.formatDuration ?? formatDuration)(durationNs)}`);
    case 'baseline':
      return from(style.slowdownSteps, (ratio) => `p95 ≥ ${ratio} × before`);
    case 'change':
      return CHANGES.map((change) => ({ colour: colourOfChange(change), text: change.replace('-', ' ') }));
    case 'none':
      return [];
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'absolute',
    right: theme.spacing(1),
    bottom: theme.spacing(1),
    maxWidth: 240,
    padding: theme.spacing(0.75, 1),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    // A small panel needs its room for the map.
    '@container (max-width: 480px)': { display: 'none' },
  }),
  close: css({ float: 'right' }),
  line: css({ margin: 0 }),
  entries: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1), listStyle: 'none' }),
  entry: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  swatch: css({ width: 10, height: 10, borderRadius: 2 }),
});
