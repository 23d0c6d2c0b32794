import { recentSearches, rememberSearch } from './recent-searches';

function storageWith(text: string | null) {
  let value = text;
  return { getItem: () => value, setItem: (_key: string, next: string) => void (value = next) };
}

describe('recent searches', () => {
  it('come back, the last one first, each once, ten at most', () => {
    const storage = storageWith(null);
    for (let number = 0; number < 12; number++) {
      rememberSearch(`service=${number}`, storage);
    }
    rememberSearch('service=5', storage);
    rememberSearch('', storage);
    expect(recentSearches(storage)).toEqual(['service=5', ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map((number) => `service=${number}`)]);
  });

  it.each([null, '', '{', '5', '{"a":1}', '[1,2]'])('are none where something else is stored: %s', (text) => {
    expect(recentSearches(storageWith(text))).toEqual([]);
  });

  it('are not needed', () => {
    const broken = { getItem: () => { throw new Error('forbidden'); }, setItem: () => { throw new Error('full'); } };
    expect(recentSearches(broken)).toEqual([]);
    expect(() => rememberSearch('service=a', broken)).not.toThrow();
  });
});
