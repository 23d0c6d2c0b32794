/** Breadcrumbs and document title, set by whichever page is open and shown by the top bar. */
import type { NavModelItem } from '@grafana/data';
import { useEffect, useSyncExternalStore } from 'react';
import { BehaviorSubject } from 'rxjs';

export interface Breadcrumb {
  readonly text: string;
  readonly url?: string;
}

const crumbs = new BehaviorSubject<readonly Breadcrumb[]>([]);
const section = new BehaviorSubject<NavModelItem | undefined>(undefined);

function useSubject<T>(subject: BehaviorSubject<T>): T {
  return useSyncExternalStore(
    (onChange) => {
      const subscription = subject.subscribe(onChange);
      return () => subscription.unsubscribe();
    },
    () => subject.value
  );
}

export const useBreadcrumbs = (): readonly Breadcrumb[] => useSubject(crumbs);

/** The navigation entry that the open app belongs to. */
export const useCurrentSection = (): NavModelItem | undefined => useSubject(section);

/** Shows a page's place while it is mounted. */
export function usePageTitle(trail: readonly Breadcrumb[]): void {
  const key = JSON.stringify(trail);
  useEffect(() => {
    const shown = (JSON.parse(key) as Breadcrumb[]).filter(({ text }) => text);
    crumbs.next(shown);
    document.title = shown.map(({ text }) => text).reverse().join(' - ') || 'Veza Traces';
  }, [key]);
}

/** Tells PluginPage which app it stands in. */
export function useNavSection(link: NavModelItem | undefined): void {
  useEffect(() => {
    section.next(link);
    return () => section.next(undefined);
  }, [link]);
}
