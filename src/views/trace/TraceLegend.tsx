import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { GroupBy } from '../../analysis/group-column';
import type { TraceSet } from '../../trace';
import { ColourPicker } from './ColourPicker';
import { nameOfGroup, type LegendEntry } from './span-colours';
import { groupCondition } from './span-actions';
import { shownText } from '../shown-text';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly by: GroupBy;
  /** Those of most spans first. */
  readonly entries: readonly LegendEntry[];
  /** Narrows the filter to a colour. */
  readonly onFilter: (condition: string) => void;
  readonly onColourBy: (by: GroupBy) => void;
}

/** Beyond so many, colours repeat and names are read in the details. */
const SHOWN = 16;

/** What the colours mean, and the choice of it; a press on one narrows the filter to it. */
export function TraceLegend({ set, trace, by, entries, onFilter, onColourBy }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.legend}>
      <div className={styles.picker}>
        <ColourPicker set={set} trace={trace} by={by} onChange={onColourBy} />
      </div>
      <ul className={styles.list} aria-label="Colours">
        {entries.slice(0, SHOWN).map((entry) => (
          <li key={`${entry.group.service ?? ''} ${entry.group.name ?? ''}`}>
            <button type="button" className={styles.entry} title={`Show only these ${entry.spanCount.toLocaleString()} spans`} onClick={() => onFilter(groupCondition(by, entry.group))}>
              <span className={styles.swatch} style={{ background: entry.colour }} />
              <span className={styles.name}>{shownText(nameOfGroup(entry.group))}</span>
              <span className={styles.count}>{entry.spanCount.toLocaleString()}</span>
            </button>
          </li>
        ))}
        {entries.length > SHOWN && <li className={styles.count}>and {(entries.length - SHOWN).toLocaleString()} more</li>}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1.5), flexShrink: 0 }),
  picker: css({ flexShrink: 0 }),
  list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.25, 1.5), margin: 0, padding: 0, listStyle: 'none', maxHeight: 44, minWidth: 0, overflow: 'auto' }),
  entry: css({
    all: 'unset',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    cursor: 'pointer',
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  swatch: css({ width: 10, height: 10, borderRadius: 2 }),
  name: css({ maxWidth: 260, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  count: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, fontVariantNumeric: 'tabular-nums' }),
});
