import type { Dependency } from './backend';
import { asNumber, asObject, asText } from './json';

/** Links as Jaeger and Zipkin answer them: `{parent, child, callCount, errorCount?}`. Sorted by parent and child. */
export function dependenciesOf(links: readonly unknown[]): Dependency[] {
  return links
    .flatMap((link): Dependency[] => {
      const { parent, child, callCount, errorCount } = asObject(link);
      const [from, to] = [asText(parent), asText(child)];
      return from && to ? [{ parent: from, child: to, callCount: asNumber(callCount) ?? 0, errorCount: asNumber(errorCount) }] : [];
    })
    .sort((a, b) => compareText(a.parent, b.parent) || compareText(a.child, b.child));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
