import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, Input, useStyles2 } from '@grafana/ui';
import { useEffect, useId, useRef, useState } from 'react';
import { problemOf } from '../narrow-map';
import { useCompletions } from './use-completions';

interface Props {
  readonly name: string;
  readonly example: string;
  readonly value: string;
  /** Known values of a field, to complete with; memoise it. */
  readonly valuesOf: (field: string) => readonly string[];
  /** Called when the reader pauses or leaves, not at every key. */
  readonly onChange: (value: string) => void;
}

const PAUSE_MS = 250;

/** An expression over figures, with completion: a combo box as WAI-ARIA describes it. */
export function ExpressionInput({ name, example, value, valuesOf, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    // The address changed underneath: it wins over what stood here.
    setGiven(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);

  const caretRef = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (caretRef.current !== undefined) {
      inputRef.current?.setSelectionRange(caretRef.current, caretRef.current);
      caretRef.current = undefined;
    }
  }, [text]);
  const { offered, active, open, close, onKeyDown, take } = useCompletions(text, valuesOf, (next, caret) => {
    caretRef.current = caret;
    setText(next);
  });
  const problem = problemOf(text);

  return (
    <Field className={styles.field} invalid={problem !== undefined && offered.length === 0} error={problem !== undefined && offered.length === 0 ? problem : undefined}>
      <div className={styles.frame}>
        <Input
          ref={inputRef}
          type="search"
          role="combobox"
          aria-label={name}
          aria-autocomplete="list"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          placeholder={`${name}: ${example}`}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            open(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
          }}
          onClick={(event) => open(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            close();
            onChange(text);
          }}
        />
        <ul id={`${id}-list`} role="listbox" aria-label={`Completions of ${name}`} className={cx(styles.list, offered.length === 0 && styles.hidden)}>
          {offered.map((completion, at) => (
            <li
              key={completion.text}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              ref={(item) => {
                if (at === active) {
                  item?.scrollIntoView({ block: 'nearest' });
                }
              }}
              className={cx(styles.option, at === active && styles.active)}
              // Before the field loses the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              {completion.text}
              <span className={styles.kind}>{completion.kind}</span>
            </li>
          ))}
        </ul>
      </div>
    </Field>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  field: css({ margin: 0, flex: '1 1 220px', maxWidth: 420, minWidth: 160 }),
  frame: css({ position: 'relative' }),
  hidden: css({ display: 'none' }),
  list: css({
    position: 'absolute',
    zIndex: theme.zIndex.dropdown,
    top: '100%',
    left: 0,
    minWidth: 200,
    maxWidth: 420,
    maxHeight: 260,
    overflow: 'auto',
    marginTop: theme.spacing(0.25),
    padding: theme.spacing(0.5, 0),
    listStyle: 'none',
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
  }),
  option: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    padding: theme.spacing(0.5, 1.5),
    cursor: 'pointer',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { background: theme.colors.action.hover },
  }),
  active: css({ background: theme.colors.action.selected }),
  kind: css({ color: theme.colors.text.secondary, fontFamily: theme.typography.fontFamily }),
});
