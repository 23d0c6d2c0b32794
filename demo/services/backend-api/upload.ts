import { randomUUID } from 'node:crypto';
import { HttpError } from '../../http/http-error';
import type { RouteReply, RouteRequest } from '../../http/server';
import { currentCondition } from '../../peers/condition';
import { PeerError, simulateWork } from '../../peers/simulated-work';
import { inSpan } from '../../telemetry/in-span';
import type { ServiceContext } from '../service';

const FORMATS = ['flac', 'wav', 'mp3'] as const;

/** `track.upload.initiate`: quota, a place in the object store with a signed URL a part, and the message that starts transcoding. */
export async function initiateUpload(context: ServiceContext, { json, span }: RouteRequest): Promise<RouteReply> {
  const { peers, random, call, publish } = context;
  const { format = 'flac' } = json();
  const known = FORMATS.find((name) => name === format);
  if (!known) {
    throw new HttpError(400, 'InvalidBody', `a track's format is one of ${FORMATS.join(', ')}`);
  }
  span.setAttributes({ 'veza.track.format': known, 'veza.track.bytes': random.integer(2, 400) * 2 ** 20 });

  await inSpan('validate.metadata', {}, () => simulateWork(random, { medianMs: 1.5 }));
  await call('veza-payments', 'GET', '/internal/quota');
  await peers.postgres('INSERT', 'tracks');
  await openUpload(context);
  const parts = random.integer(2, 6);
  await Promise.all(Array.from({ length: parts }, () => peers.objectStore('PresignPart', 'veza-raw', { medianMs: 2 })));
  await publish('track.uploaded');
  await peers.redis.delete('library');
  return { status: 201, body: { trackId: randomUUID(), parts } };
}

async function openUpload({ peers }: ServiceContext): Promise<void> {
  try {
    await peers.objectStore('CreateMultipartUpload', 'veza-raw', { condition: currentCondition() });
  } catch (error) {
    throw error instanceof PeerError ? new HttpError(503, 'UploadUnavailable', 'the object store refused the upload') : error;
  }
}
