import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { valueText, type Attribute } from '../../trace';

interface Props {
  readonly title: string;
  readonly attributes: readonly Attribute[];
}

/** A longer value is folded: a gigabyte of text must not be laid out because somebody looked at a span. */
const FOLD_LENGTH = 300;
/** Even unfolded no more than this goes into the page. */
const SHOWN_LENGTH = 100_000;

/** Attributes as name and value, in the order received. Values are text, never markup. */
export function AttributeTable({ title, attributes }: Props) {
  const styles = useStyles2(getStyles);
  if (attributes.length === 0) {
    return null;
  }
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        {title} <span className={styles.count}>{attributes.length}</span>
      </caption>
      <tbody>
        {attributes.map(({ key, value }, i) => (
          <tr key={i}>
            <th scope="row" className={styles.key}>
              {key}
            </th>
            <td className={styles.value}>
              <FoldedText text={valueText(value)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Long text, its beginning first. */
export function FoldedText({ text }: { readonly text: string }) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  if (text.length <= FOLD_LENGTH) {
    return <>{text}</>;
  }
  return (
    <>
      {text.slice(0, open ? SHOWN_LENGTH : FOLD_LENGTH)}
      {(!open || text.length > SHOWN_LENGTH) && '…'}{' '}
      <button type="button" className={styles.more} onClick={() => setOpen(!open)}>
        {open ? 'Less' : `All ${text.length.toLocaleString()} characters`}
      </button>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ width: '100%', tableLayout: 'fixed', marginBottom: theme.spacing(2) }),
  caption: css({ captionSide: 'top', fontWeight: theme.typography.fontWeightMedium, padding: theme.spacing(0.5, 0) }),
  count: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  key: css({
    width: '45%',
    fontSize: theme.typography.bodySmall.fontSize,
    padding: theme.spacing(0.5, 1, 0.5, 0),
    textAlign: 'left',
    verticalAlign: 'top',
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  value: css({
    padding: theme.spacing(0.5, 0),
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  more: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
