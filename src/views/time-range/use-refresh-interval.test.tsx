/** @jest-environment jsdom */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { useRefreshInterval } from './use-refresh-interval';

const refresh = jest.fn();

function Refreshed({ isLoading, intervalMs }: { readonly isLoading: boolean; readonly intervalMs?: number }) {
  useRefreshInterval(intervalMs, isLoading, refresh);
  return null;
}

beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));

test('a refresh waits for the answer that is still awaited', () => {
  jest.useFakeTimers();
  const root = createRoot(document.createElement('div'));
  const show = (isLoading: boolean, intervalMs?: number) => act(() => root.render(<Refreshed isLoading={isLoading} intervalMs={intervalMs} />));

  show(true, 10_000);
  jest.advanceTimersByTime(60_000);
  expect(refresh).toHaveBeenCalledTimes(0);

  show(false, 10_000);
  jest.advanceTimersByTime(9_999);
  expect(refresh).toHaveBeenCalledTimes(0);
  jest.advanceTimersByTime(1);
  expect(refresh).toHaveBeenCalledTimes(1);

  show(false, undefined);
  jest.advanceTimersByTime(60_000);
  expect(refresh).toHaveBeenCalledTimes(1);

  act(() => root.unmount());
});
