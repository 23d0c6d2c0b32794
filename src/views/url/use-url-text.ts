import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * A text that lives in the page's address, so that a link shows the same; empty where absent.
 *
 * @param change whether Back undoes a change
 */
export function useUrlText(name: string, change: 'push' | 'replace' = 'push'): [string, (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const value = params.get(name) ?? '';
  const setValue = useCallback(
    (text: string) => {
      if (text === value) {
        return;
      }
      setParams((last) => {
        const next = new URLSearchParams(last);
        text ? next.set(name, text) : next.delete(name);
        return next;
      }, { replace: change === 'replace' });
    },
    [name, value, change, setParams]
  );
  return [value, setValue];
}
