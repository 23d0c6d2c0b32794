/** The demo's services by their service.name. */
export const SERVICE_NAMES = ['veza-backend-api', 'veza-search', 'veza-payments', 'veza-stream-server', 'veza-worker', 'veza-web'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

export const NAMESPACE = 'veza';

/** The one service that the outside talks to. */
export const GATEWAY: ServiceName = 'veza-backend-api';

/** Makes the load. */
export const LOAD: ServiceName = 'veza-web';

/** Callers end before what they call, so that the last requests get their answers. */
export const STOP_ORDER: ReadonlyArray<readonly ServiceName[]> = [['veza-web', 'veza-backend-api'], ['veza-worker'], ['veza-search', 'veza-payments', 'veza-stream-server']];
