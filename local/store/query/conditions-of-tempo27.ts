/**
 * What Tempo 2.7 reads of a tag request's `q`. It does not parse the query but picks comparisons out of its text: a name, an operator and
 * a value, which is a text in `"` without blanks, a word or digits. So `!(kind = server)` narrows to servers, and comparisons with other
 * values (`"GET /x"`, `1.5s`, in backquotes) are passed over.
 */
const ONE_FILTER = /^\{([^{}]+)\}?$/;
/** A name is tried from its first character only, which keeps the time linear. */
const COMPARISONS = /(?<![\p{L}\p{N}._\-:" ])[\p{L}\p{N}._\-:" ]+(?:[^\S ]\s*)?(?:=~|!=|<=|>=|!~|=|>|<)\s*(?:"[\p{L}\p{N}\p{P}\p{M}\p{S}]+"|[a-z]+|[0-9smh]+)/gu;

/** The comparisons as one filter; `{}` where there are none, alternatives or more than one filter. */
export function conditionsOfTempo27(q: string): string {
  const conditions = ONE_FILTER.exec(q.trim())?.[1] ?? '';
  const comparisons = hasAlternatives(conditions) ? [] : (conditions.match(COMPARISONS) ?? []);
  return `{${comparisons.map((comparison) => comparison.trim()).join(' && ')}}`;
}

/** A bar after `=~` counts as one of its pattern. */
function hasAlternatives(conditions: string): boolean {
  const pattern = conditions.indexOf('=~');
  const bar = conditions.indexOf('|');
  return bar >= 0 && (pattern < 0 || bar < pattern);
}
