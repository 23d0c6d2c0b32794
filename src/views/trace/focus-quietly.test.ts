/** @jest-environment jsdom */
import { focusQuietly, QUIET_FOCUS } from './focus-quietly';

describe('focusQuietly', () => {
  const focused = () => {
    const element = document.body.appendChild(document.createElement('div'));
    element.tabIndex = 0;
    focusQuietly(element);
    return element;
  };

  it('gives the focus, unseen until a key is pressed', () => {
    const element = focused();
    expect(document.activeElement).toBe(element);
    expect(element.hasAttribute(QUIET_FOCUS)).toBe(true);
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(element.hasAttribute(QUIET_FOCUS)).toBe(false);
  });

  it('is seen as ever when the focus comes back', () => {
    const element = focused();
    element.blur();
    element.focus();
    expect(element.hasAttribute(QUIET_FOCUS)).toBe(false);
  });
});
