import { createHash, randomUUID } from 'node:crypto';
import { HttpError } from '../../http/http-error';
import type { RouteReply, RouteRequest } from '../../http/server';
import { currentCondition } from '../../peers/condition';
import { PeerError, simulateWork } from '../../peers/simulated-work';
import { inSpan } from '../../telemetry/in-span';
import { maskEmails } from '../../telemetry/privacy';
import type { ServiceContext } from '../service';

const ATTEMPTS_A_MINUTE = 600;
const SESSION_LIFETIME_S = 3600;
const MAX_EMAIL_CHARACTERS = 254; // RFC 5321, as corrected by erratum 1690

/** The demo keeps no users: every address may log in with every password but this one. */
export const REFUSED_PASSWORD = 'wrong-password';

/** `auth.login`: rate limit, user, password, session, audit. */
export async function login({ peers, random }: ServiceContext, { json, span }: RouteRequest): Promise<RouteReply> {
  const { email, password } = credentials(json());
  span.setAttribute('veza.user.email', maskEmails(email));

  if ((await peers.redis.increment(`ratelimit:login:${digest(email)}`, 60)) > ATTEMPTS_A_MINUTE) {
    throw new HttpError(429, 'TooManyAttempts', 'too many attempts, try again in a minute');
  }
  await findUser({ peers });
  await inSpan('bcrypt.compare', { attributes: { 'veza.bcrypt.cost': 12 } }, () => simulateWork(random, { medianMs: 60 }));
  if (password === REFUSED_PASSWORD) {
    throw new HttpError(401, 'InvalidCredentials', 'invalid credentials');
  }
  const session = randomUUID();
  await peers.redis.set(`session:${session}`, digest(email), SESSION_LIFETIME_S);
  await peers.postgres('INSERT', 'login_audit');
  span.addEvent('login.success', { 'veza.mfa': random.chance(0.2) });
  return { status: 200, body: { session } };
}

async function findUser({ peers }: Pick<ServiceContext, 'peers'>): Promise<void> {
  try {
    await peers.postgres('SELECT', 'users', { condition: currentCondition() });
  } catch (error) {
    throw error instanceof PeerError ? new HttpError(500, 'DatabaseError', 'the user look-up failed') : error;
  }
}

function credentials({ email, password }: Readonly<Record<string, unknown>>): { email: string; password: string } {
  if (typeof email !== 'string' || !email.includes('@') || email.length > MAX_EMAIL_CHARACTERS || typeof password !== 'string') {
    throw new HttpError(400, 'InvalidBody', 'a login has an email and a password');
  }
  return { email, password };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
