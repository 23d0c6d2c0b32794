import { useEffect, useRef, type RefObject } from 'react';

/**
 * Details that were opened by keyboard take the focus, and give it back to where it was; a pointer's focus stays where it is.
 *
 * @param shown what the details are of; other details are a new reason to take the focus
 * @returns gives the focus back
 */
export function useDetailsFocus(detailsRef: RefObject<HTMLElement | null>, shown: string): () => void {
  const openedFrom = useRef<HTMLElement | undefined>(undefined);
  useEffect(() => {
    const details = detailsRef.current;
    const from = document.activeElement;
    // Only a keyboard's focus is visible.
    if (details && from instanceof HTMLElement && from.matches(':focus-visible') && !details.contains(from)) {
      openedFrom.current = from;
      details.focus({ preventScroll: true });
    }
  }, [detailsRef, shown]);
  return () => openedFrom.current?.focus();
}
