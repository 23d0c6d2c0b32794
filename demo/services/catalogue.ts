import type { ServiceName } from './names';
import type { CreateService } from './service';

interface ServiceEntry {
  readonly version: string;
  /** Whether the broker sends messages here; which ones are handled is the service's own `consumers`. */
  readonly consumes: boolean;
  /** Loaded in the service's own process only, after its telemetry has started. */
  load(): Promise<{ readonly createService: CreateService }>;
}

/** The services of the demo, each a process of its own, because a process has one resource and so one service.name. */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = {
  'veza-backend-api': { version: '2.14.3', consumes: false, load: () => import('./backend-api/backend-api') },
  'veza-search': { version: '1.8.0', consumes: false, load: () => import('./search') },
  'veza-payments': { version: '3.1.1', consumes: false, load: () => import('./payments') },
  'veza-stream-server': { version: '0.9.7', consumes: false, load: () => import('./stream-server') },
  'veza-worker': { version: '2.14.3', consumes: true, load: () => import('./worker') },
  'veza-web': { version: '5.2.0', consumes: false, load: () => import('./web/web') },
};
