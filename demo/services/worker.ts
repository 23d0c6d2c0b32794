import type { Service, ServiceContext } from './service';

/** veza-worker: what may happen after the user has had an answer. Consumes the queue and serves nothing. */
export function createService({ peers, call }: ServiceContext): Service {
  return {
    consumers: {
      'track.uploaded': async () => {
        await peers.objectStore('GetObject', 'veza-raw', { medianMs: 60 });
        await call('veza-stream-server', 'POST', '/internal/transcode');
        await call('veza-search', 'PUT', '/index');
        await peers.postgres('UPDATE', 'tracks');
        await peers.redis.delete('library');
      },
      'order.paid': async () => {
        await peers.postgres('SELECT', 'orders');
        await peers.objectStore('PutObject', 'veza-invoices');
        await peers.postgres('UPDATE', 'orders');
      },
    },
  };
}
