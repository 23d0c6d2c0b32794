import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';

/** A longer text is folded: a gigabyte must not be laid out because somebody looked at a span. */
const FOLD_LENGTH = 300;
/** Even unfolded no more than this goes into the page. */
const SHOWN_LENGTH = 100_000;

/** Long text, its beginning first, with its size. Always text, never markup. */
export function FoldedText({ text, foldLength = FOLD_LENGTH }: { readonly text: string; readonly foldLength?: number }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setOpen] = useState(false);
  if (text.length <= foldLength) {
    return <>{text}</>;
  }
  const isCut = text.length > SHOWN_LENGTH;
  return (
    <>
      {text.slice(0, isOpen ? SHOWN_LENGTH : foldLength)}
      {(!isOpen || isCut) && '…'}{' '}
      <button type="button" className={styles.more} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Fold' : `Show ${isCut ? `${SHOWN_LENGTH.toLocaleString('en')} of ` : 'all '}${text.length.toLocaleString('en')} characters`}
      </button>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  more: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
