/** A line of text for the screen. The browser lays out all of a text, also what is clipped, and a hostile name has a million letters. */
export function shownText(text: string, mostLetters = 300): string {
  return text.length <= mostLetters ? text : `${text.slice(0, mostLetters)}…`;
}
