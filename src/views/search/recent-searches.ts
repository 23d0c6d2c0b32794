/** The searches made last in this browser, as queries of the page's address. */
const KEY = 'veza-traces.recent-searches';
const MOST_KEPT = 10;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** The last one first; none where the browser keeps nothing or somebody else wrote there. */
export function recentSearches(storage: Storage = localStorage): readonly string[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((item): item is string => typeof item === 'string').slice(0, MOST_KEPT) : [];
  } catch {
    // Not ours, or storage is forbidden: there is nothing to offer then.
    return [];
  }
}

export function rememberSearch(query: string, storage: Storage = localStorage): void {
  if (query === '') {
    return;
  }
  try {
    storage.setItem(KEY, JSON.stringify([query, ...recentSearches(storage).filter((other) => other !== query)].slice(0, MOST_KEPT)));
  } catch {
    // Full or forbidden: the search works without being remembered.
  }
}
