import { planLoad, type PlannedRequest } from './load-plan';

function planned(seed: number, count: number): PlannedRequest[] {
  const plan = planLoad(seed, 4);
  return Array.from({ length: count }, () => plan.next().value);
}

const share = (requests: readonly PlannedRequest[], predicate: (request: PlannedRequest) => boolean) => requests.filter(predicate).length / requests.length;

test('a seed always plans the same load, another seed another', () => {
  expect(planned(5, 50)).toEqual(planned(5, 50));
  expect(planned(5, 50)).not.toEqual(planned(6, 50));
});

test('the rate, the errors, the slow tail and the browsers have their shares', () => {
  const requests = planned(1, 20_000);
  const seconds = requests.reduce((sum, request) => sum + request.waitMs, 0) / 1000;
  expect(requests.length / seconds).toBeCloseTo(4, 0);
  expect(share(requests, ({ condition }) => condition === 'error')).toBeCloseTo(0.03, 2);
  expect(share(requests, ({ condition }) => condition === 'slow')).toBeCloseTo(0.04, 2);
  expect(share(requests, ({ isFromBrowser }) => isFromBrowser)).toBeGreaterThan(0.7);
});

test('a payment provider is no browser', () => {
  const webhooks = planned(2, 500).filter(({ path }) => path.includes('webhook'));
  expect(webhooks.length).toBeGreaterThan(0);
  expect(webhooks.some(({ isFromBrowser }) => isFromBrowser)).toBe(false);
});
