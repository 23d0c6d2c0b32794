import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, IconButton, useStyles2 } from '@grafana/ui';
import { valueText, type Attribute } from '../../../trace';
import { attributeCondition, type AttributeName, type SpanActions } from '../span-actions';
import { shownText } from '../../shown-text';

interface Props {
  readonly scope: AttributeName['scope'];
  readonly attribute: Attribute;
  readonly actions: SpanActions;
}

/** What can be done with one attribute; it is in the page for the row that somebody chose. */
export function AttributeRowActions({ scope, attribute: { key, value }, actions: { onFilter, onAddColumn, onColourBy } }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar}>
      <span className={styles.type}>{value.kind}</span>
      <IconButton name="search-plus" size="sm" tooltip="Find spans with this value" onClick={() => onFilter(attributeCondition({ scope, key }, value))} />
      <IconButton name="search-minus" size="sm" tooltip="Find spans without this value" onClick={() => onFilter(attributeCondition({ scope, key }, value, true))} />
      {(scope === 'span' || scope === 'resource') && (
        <>
          <IconButton name="columns" size="sm" tooltip="Show as a column" onClick={() => onAddColumn({ scope, key })} />
          <IconButton name="palette" size="sm" tooltip="Colour by this attribute" onClick={() => onColourBy({ kind: 'attribute', scope, key })} />
        </>
      )}
      <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" aria-label={`Copy the value of ${shownText(key)}`} getText={() => valueText(value)} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), padding: theme.spacing(0, 0, 0.5) }),
  type: css({ flex: 1, fontStyle: 'italic' }),
});
