/**
 * Notes about figures as one text. They come from several places as fragments or as sentences: each begins with a capital
 * and ends with a full stop, and none is said twice.
 */
export const sentences = (notes: readonly string[]): string => [...new Set(notes.map(sentence).filter((text) => text !== ''))].join(' ');

function sentence(note: string): string {
  const text = note.trim();
  return text.charAt(0).toUpperCase() + text.slice(1) + (text === '' || /[.!?]$/.test(text) ? '' : '.');
}
