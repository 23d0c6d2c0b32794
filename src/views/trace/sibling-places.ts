/** Where each span stands among its siblings, as a tree grid tells those who hear it. */
export interface SiblingPlaces {
  /** From 1. */
  of(row: number): { readonly place: number; readonly siblingCount: number };
}

/** Of the rows [first, end) of one trace; `parent` is below 0 of a root. */
export function siblingPlaces(parent: Int32Array, first: number, end: number): SiblingPlaces {
  const place = new Uint32Array(end - first);
  const childCount = new Uint32Array(end - first);
  let rootCount = 0;
  for (let row = first; row < end; row++) {
    place[row - first] = parent[row] < 0 ? ++rootCount : ++childCount[parent[row] - first];
  }
  return { of: (row) => ({ place: place[row - first], siblingCount: parent[row] < 0 ? rootCount : childCount[parent[row] - first] }) };
}
