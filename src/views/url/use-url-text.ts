import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** A text that lives in the page's address, so that a link shows the same; empty where absent. */
export function useUrlText(name: string): [string, (text: string) => void] {
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
      });
    },
    [name, value, setParams]
  );
  return [value, setValue];
}
