import type { HttpMethod } from '../../http/server';
import type { Condition } from '../../peers/condition';
import { Random } from '../../random';
import { REFUSED_PASSWORD } from '../backend-api/login';

/** One request of the load, decided before it is made: the same seed plans the same requests. */
export interface PlannedRequest {
  /** Since the request before. */
  readonly waitMs: number;
  readonly method: HttpMethod;
  /** With the query string. */
  readonly path: string;
  readonly body?: unknown;
  /** Made by an instrumented browser, whose span is the trace's root; otherwise by a stranger, and the API is the root. */
  readonly isFromBrowser: boolean;
  readonly sessionId: string;
  readonly plan: 'free' | 'pro' | 'label';
  readonly condition: Condition | undefined;
}

type Action = Pick<PlannedRequest, 'method' | 'path' | 'body' | 'isFromBrowser'>;

const ERROR_RATIO = 0.03;
const SLOW_RATIO = 0.04;
const REFUSED_LOGIN_RATIO = 0.02;
const SESSIONS = 400;

const GENRES = ['techno', 'ambient', 'jazz', 'dub', 'folk', 'drone', 'house', 'swing'] as const;
const MOODS = ['live', 'slow', 'late night', 'trio', 'morning', 'rainy', 'warm', 'analog'] as const;

const ACTIONS: ReadonlyArray<readonly [share: number, plan: (random: Random) => Action]> = [
  [0.3, planLogin],
  [0.15, planUpload],
  [0.15, planWebhook],
  [0.4, planSearch],
];

/** An endless load of `ratePerS` requests a second on average, at random moments as independent users make them. */
export function* planLoad(seed: number, ratePerS: number): Generator<PlannedRequest, never> {
  const random = new Random(seed, 'load');
  for (;;) {
    const session = random.integer(1, SESSIONS);
    yield {
      waitMs: random.waitMs(1000 / ratePerS),
      ...planAction(random),
      sessionId: `s-${session}`,
      plan: (['free', 'free', 'pro', 'label'] as const)[session % 4],
      condition: planCondition(random),
    };
  }
}

function planAction(random: Random): Action {
  let draw = random.next();
  const [, plan] = ACTIONS.find(([share]) => (draw -= share) < 0) ?? ACTIONS[0];
  return plan(random);
}

function planCondition(random: Random): Condition | undefined {
  const draw = random.next();
  if (draw < ERROR_RATIO) {
    return 'error';
  }
  return draw < ERROR_RATIO + SLOW_RATIO ? 'slow' : undefined;
}

function planLogin(random: Random): Action {
  const email = `listener${random.integer(1, SESSIONS)}@example.org`;
  const password = random.chance(REFUSED_LOGIN_RATIO) ? REFUSED_PASSWORD : 'a-good-password';
  return { method: 'POST', path: '/api/v1/auth/login', body: { email, password }, isFromBrowser: random.chance(0.9) };
}

function planUpload(random: Random): Action {
  const format = random.pick(['flac', 'wav', 'mp3']);
  return { method: 'POST', path: '/api/v1/tracks/upload', body: { format }, isFromBrowser: random.chance(0.9) };
}

/** Called by the payment provider, so never from a browser. */
function planWebhook(random: Random): Action {
  const event = random.pick(['charge.succeeded', 'charge.succeeded', 'charge.refunded', 'payout.paid']);
  return { method: 'POST', path: '/api/v1/payments/webhook', body: { event }, isFromBrowser: false };
}

function planSearch(random: Random): Action {
  const text = `${random.pick(MOODS)} ${random.pick(GENRES)}`;
  return { method: 'GET', path: `/api/v1/search?${new URLSearchParams({ q: text })}`, isFromBrowser: random.chance(0.9) };
}
