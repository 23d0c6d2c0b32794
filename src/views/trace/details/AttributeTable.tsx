import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Fragment, useState } from 'react';
import { valueText, type Attribute } from '../../../trace';
import type { AttributeName, SpanActions } from '../span-actions';
import { AttributeRowActions } from './AttributeRowActions';
import { AttributeValue } from './AttributeValue';
import { shownText } from '../../shown-text';

interface Props {
  readonly title: string;
  /** Where the filter language finds these attributes. */
  readonly scope: AttributeName['scope'];
  readonly attributes: readonly Attribute[];
  /** Only rows whose key or value holds this text; all where empty. */
  readonly search: string;
  readonly actions: SpanActions;
  /** What the sender says that it left out. */
  readonly droppedCount?: number;
}

/** Rows shown at a time: a span may come with a hundred thousand attributes. */
const PAGE = 100;

/** Attributes by key, each with what can be done with it. Keys and values are text, never markup. */
export function AttributeTable({ title, scope, attributes, search, actions, droppedCount = 0 }: Props) {
  const styles = useStyles2(getStyles);
  const [shownCount, setShownCount] = useState(PAGE);
  const [active, setActive] = useState<number | undefined>(undefined);
  const found = attributesWith(attributes, search);
  if (found.length === 0 && (search !== '' || droppedCount === 0)) {
    return null;
  }
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        {title} <span className={styles.faint}>{search === '' ? attributes.length : `${found.length} of ${attributes.length}`}</span>
        {droppedCount > 0 && <span className={styles.faint}>, {droppedCount.toLocaleString('en')} dropped by the sender</span>}
      </caption>
      <tbody>
        {found.slice(0, shownCount).map((attribute, at) => (
          <Fragment key={at}>
            <tr className={cx(at === active && styles.active)}>
              <th scope="row" className={styles.key}>
                <button type="button" className={styles.keyButton} aria-expanded={at === active} onClick={() => setActive(at === active ? undefined : at)}>
                  {attribute.key === '' ? '""' : shownText(attribute.key)}
                </button>
              </th>
              <td className={styles.value} title={attribute.value.kind}>
                <AttributeValue attribute={attribute} />
              </td>
            </tr>
            {at === active && (
              <tr className={styles.active}>
                <td colSpan={2}>
                  <AttributeRowActions scope={scope} attribute={attribute} actions={actions} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
        {found.length > shownCount && (
          <tr>
            <td colSpan={2}>
              <button type="button" className={styles.keyButton} onClick={() => setShownCount(shownCount + PAGE)}>
                Show more of {found.length.toLocaleString('en')}
              </button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** By key, those with the text in key or value; case is ignored. */
export function attributesWith(attributes: readonly Attribute[], search: string): Attribute[] {
  const text = search.toLowerCase();
  const found = text === '' ? attributes : attributes.filter(({ key, value }) => key.toLowerCase().includes(text) || valueText(value).toLowerCase().includes(text));
  return found.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({ width: '100%', tableLayout: 'fixed', marginBottom: theme.spacing(2), fontSize: theme.typography.bodySmall.fontSize }),
  caption: css({ captionSide: 'top', fontWeight: theme.typography.fontWeightMedium, fontSize: theme.typography.body.fontSize, padding: theme.spacing(0.5, 0), textAlign: 'left' }),
  faint: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  active: css({ background: theme.colors.background.secondary, 'th, td, button': { color: theme.colors.text.primary } }),
  key: css({
    width: '42%',
    padding: theme.spacing(0.5, 1, 0.5, 0),
    textAlign: 'left',
    verticalAlign: 'top',
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  keyButton: css({
    all: 'unset',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    '&:hover': { color: theme.colors.text.link },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  value: css({
    padding: theme.spacing(0.5, 0),
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    fontFamily: theme.typography.fontFamilyMonospace,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
});
