/** Longer addresses are data, not something to follow. */
const MOST_CHARACTERS = 2_048;

/**
 * The address in a value received with a trace, where it may become a link: http and https only, so that `javascript:` and
 * `data:` never do. Undefined for everything else.
 */
export function safeUrl(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS || !/^https?:\/\/[^\s"'<>]+$/i.test(text)) {
    return undefined;
  }
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
