import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { valueText, type Attribute } from '../../../trace';
import { FoldedText } from './FoldedText';
import { jsonNodeOf } from './json-node';
import { JsonTree } from './JsonTree';
import { safeUrl } from './safe-url';
import { measureText } from './semantic-unit';

/** One value as it reads best: structured as a tree, addresses as links, measures with their unit, the rest as text. */
export function AttributeValue({ attribute: { key, value } }: { readonly attribute: Attribute }) {
  const styles = useStyles2(getStyles);
  const node = useMemo(() => jsonNodeOf(value), [value]);
  if (node) {
    return <JsonTree node={node} />;
  }
  const text = valueText(value);
  const href = value.kind === 'string' ? safeUrl(text) : undefined;
  if (href) {
    return (
      <a className={styles.link} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {text}
      </a>
    );
  }
  const measure = measureText(key, value);
  return (
    <>
      <FoldedText text={text} />
      {value.kind === 'empty' && <span className={styles.faint}>empty</span>}
      {value.kind === 'string' && text === '' && <span className={styles.faint}>empty text</span>}
      {measure && <span className={styles.faint}> {measure}</span>}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  faint: css({ color: theme.colors.text.secondary }),
});
