/**
 * A line of text for the screen. The browser lays out all of a text, also what is clipped, and a hostile name has a million letters.
 * Controls that turn the direction of what follows (Unicode Standard Annex 9, 2.1 to 2.5) would turn the rest of the row as well:
 * they are shown as the replacement character. Letters of scripts that run from right to left need none.
 */
export function shownText(text: string, mostLetters = 300): string {
  const shown = text.length <= mostLetters ? text : `${text.slice(0, mostLetters)}…`;
  return shown.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
