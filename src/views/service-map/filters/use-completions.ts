import { useMemo, useState, type KeyboardEvent } from 'react';
import { completions, type Completion } from '../../../analysis/filter/completion';
import { FIGURES_VOCABULARY } from '../../../analysis/filter/figures-filter';

export interface CompletionControl {
  /** Empty while the list is closed. */
  readonly offered: readonly Completion[];
  /** The one that Enter takes; -1 before an arrow key chose one. */
  readonly active: number;
  readonly open: (caret: number) => void;
  readonly close: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly take: (completion: Completion) => void;
}

/** Completions of an expression over figures, moved through with the arrow keys as in any combo box. */
export function useCompletions(text: string, valuesOf: (field: string) => readonly string[], onTake: (text: string, caret: number) => void): CompletionControl {
  const [caret, setCaret] = useState<number | undefined>(undefined);
  const [active, setActive] = useState(-1);
  const offered = useMemo(
    () => (caret === undefined ? [] : completions(text, caret, FIGURES_VOCABULARY, valuesOf).filter(({ text: put, from, to }) => text.slice(from, to) !== put)),
    [text, caret, valuesOf]
  );
  const close = () => {
    setCaret(undefined);
    setActive(-1);
  };
  const open = (at: number) => {
    setCaret(at);
    setActive(-1);
  };
  const take = ({ text: put, from, to }: Completion) => {
    const end = from + put.length + 1;
    onTake(`${text.slice(0, from)}${put} ${text.slice(to).trimStart()}`, end);
    open(end);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (offered.length === 0) {
        open(event.currentTarget.selectionStart ?? text.length);
      } else {
        setActive((last) => (last < 0 && step < 0 ? offered.length - 1 : (last + step + offered.length) % offered.length));
      }
    } else if ((event.key === 'Enter' || event.key === 'Tab') && offered[active]) {
      event.preventDefault();
      take(offered[active]);
    } else if (event.key === 'Enter' || (event.key === 'Escape' && offered.length > 0)) {
      // The first Escape closes the list, the next one is the browser's: it empties the field.
      event.preventDefault();
      close();
    }
  };
  return { offered, active, open, close, onKeyDown, take };
}
