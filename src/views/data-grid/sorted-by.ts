/** Sorted by a number or a text of each; equal ones stay as they are. */
export function sortedBy<T>(items: readonly T[], valueOf: (item: T) => number | string, isDescending: boolean): T[] {
  const sign = isDescending ? -1 : 1;
  return items.toSorted((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    return a < b ? -sign : a > b ? sign : 0;
  });
}
