/** Set while an element has a focus that nobody moved there. */
export const QUIET_FOCUS = 'data-quiet-focus';

/** Focuses the element so that its keys work; that is not shown, and the page does not scroll, until a key is pressed. */
export function focusQuietly(element: HTMLElement): void {
  const speak = () => {
    element.removeAttribute(QUIET_FOCUS);
    element.removeEventListener('keydown', speak);
    element.removeEventListener('blur', speak);
  };
  element.setAttribute(QUIET_FOCUS, '');
  element.addEventListener('keydown', speak);
  element.addEventListener('blur', speak);
  element.focus({ preventScroll: true });
}
