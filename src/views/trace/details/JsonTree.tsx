import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { FoldedText } from './FoldedText';
import type { JsonNode } from './json-node';
import { shownText } from '../../shown-text';

/** Branches are opened this deep at first; what is closed is not in the page. */
const OPEN_DEPTH = 1;
/** Children shown at a time. */
const PAGE = 50;

export function JsonTree({ node, depth = 0 }: { readonly node: JsonNode; readonly depth?: number }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH);
  const [shown, setShown] = useState(PAGE);
  if (node.kind === 'leaf') {
    return <span className={node.type === 'string' ? styles.string : styles.other}><FoldedText text={node.type === 'string' ? JSON.stringify(node.text) : node.text} /></span>;
  }
  const { isList, children } = node;
  const summary = isList ? `[ ${children.length} ]` : `{ ${children.length} }`;
  return (
    <>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? '▾' : '▸'} {summary}
      </button>
      {isOpen && (
        <ul className={styles.list}>
          {children.slice(0, shown).map(([key, child], at) => (
            <li key={at}>
              <span className={styles.key}>{shownText(key)}: </span>
              <JsonTree node={child} depth={depth + 1} />
            </li>
          ))}
          {children.length > shown && (
            <li>
              <button type="button" className={styles.toggle} onClick={() => setShown(shown + PAGE)}>
                {(children.length - shown).toLocaleString('en')} more
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toggle: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
  list: css({ listStyle: 'none', margin: 0, paddingLeft: theme.spacing(1.5), borderLeft: `1px solid ${theme.colors.border.weak}` }),
  key: css({ color: theme.colors.text.secondary }),
  string: css({ color: theme.colors.success.text }),
  other: css({ color: theme.colors.info.text }),
});
