import { useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useState, type RefObject } from 'react';

/** The colour that an element lies on: panels may be see-through, and hosts differ. Undefined where it is not known. */
export function useBackground(ref: RefObject<HTMLElement | null>): string | undefined {
  const theme = useTheme2();
  const [background, setBackground] = useState<string | undefined>(undefined);
  useLayoutEffect(() => setBackground(backgroundOf(ref.current)), [ref, theme]);
  return background;
}

/** The first background from the element upwards that is opaque. */
function backgroundOf(element: HTMLElement | null): string | undefined {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (/^rgb\(/.test(backgroundColor)) {
      return backgroundColor;
    }
  }
  return undefined;
}
