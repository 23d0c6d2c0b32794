import type { QueueMessage } from '../peers/queue';
import type { ServiceName } from '../services/names';

/** How a service's process is started: its one argument, as JSON. */
export interface ServiceSettings {
  readonly service: ServiceName;
  /** Where an HTTP service listens; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  readonly seed: number;
  /** Requests a second that the load makes on average. */
  readonly ratePerS: number;
}

/** Base URLs of the services that listen. */
export type ServiceUrls = Readonly<Partial<Record<ServiceName, string>>>;

/** What a service's process tells its supervisor. */
export type FromService =
  | { readonly kind: 'listening'; readonly url: string | undefined }
  | { readonly kind: 'serving' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Stopping: nothing is under way any more, the last spans are being sent. */
  | { readonly kind: 'quiet' }
  | { readonly kind: 'published'; readonly message: QueueMessage }
  | { readonly kind: 'log'; readonly line: string };

/** What the supervisor tells a service's process. */
export type ToService =
  | { readonly kind: 'start'; readonly urls: ServiceUrls }
  | { readonly kind: 'deliver'; readonly message: QueueMessage }
  | { readonly kind: 'stop' };
