import type { RouteReply } from '../http/server';
import { simulateWork } from '../peers/simulated-work';
import { inSpan } from '../telemetry/in-span';
import type { Service, ServiceContext } from './service';

const RENDITIONS = [
  { codec: 'opus', kbitPerS: 96 },
  { codec: 'aac', kbitPerS: 192 },
  { codec: 'aac', kbitPerS: 320 },
] as const;

/** veza-stream-server: links to previews, and the conversion of uploads into what players stream. */
export function createService(context: ServiceContext): Service {
  return {
    routes: [
      { method: 'POST', path: '/internal/previews', operation: 'preview.urls', handle: () => signPreviews(context) },
      { method: 'POST', path: '/internal/transcode', operation: 'transcode', handle: () => transcode(context) },
    ],
  };
}

async function signPreviews({ peers, random }: ServiceContext): Promise<RouteReply> {
  const previews = Array.from({ length: random.integer(1, 4) }, () => peers.objectStore('PresignGet', 'veza-previews', { medianMs: 1.5 }));
  await Promise.all(previews);
  return { status: 200, body: { previews: previews.length } };
}

async function transcode({ peers, random }: ServiceContext): Promise<RouteReply> {
  await Promise.all(
    RENDITIONS.map(({ codec, kbitPerS }) =>
      inSpan('ffmpeg.encode', { attributes: { 'veza.codec': codec, 'veza.bitrate_kbit_s': kbitPerS } }, async () => {
        await simulateWork(random, { medianMs: 300 });
        await peers.objectStore('PutObject', 'veza-hls');
      })
    )
  );
  return { status: 200, body: { renditions: RENDITIONS.length } };
}
