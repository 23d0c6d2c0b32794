import type { ReceivedResponse } from '../http/client';
import type { HttpMethod, Route } from '../http/server';
import type { Peers } from '../peers/peers';
import type { Publish, Topic } from '../peers/queue';
import type { Random } from '../random';
import type { ServiceName } from './names';

/** What a service is given to work with. */
export interface ServiceContext {
  readonly peers: Peers;
  readonly random: Random;
  readonly publish: Publish;
  /** Calls another service over HTTP. Rejects with an UpstreamError for a status from 400 on. */
  call(service: ServiceName, method: HttpMethod, path: string, body?: unknown): Promise<ReceivedResponse>;
  /** Only meaningful once all services listen, so within requests and `run`. */
  urlOf(service: ServiceName): string;
  readonly ratePerS: number;
  readonly seed: number;
}

/** One service of the demo: what it serves, what it consumes, what it does by itself. */
export interface Service {
  readonly routes?: readonly Route[];
  readonly consumers?: Readonly<Partial<Record<Topic, () => Promise<void>>>>;
  /** Called once all services listen; returns how to stop. */
  readonly run?: () => () => void;
}

export type CreateService = (context: ServiceContext) => Service;

/** Another service answered with an error. */
export class UpstreamError extends Error {
  constructor(
    readonly service: ServiceName,
    readonly status: number
  ) {
    super(`${service} answered ${status}`);
    this.name = 'UpstreamError';
  }
}
