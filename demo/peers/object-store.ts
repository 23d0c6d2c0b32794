import { SpanKind } from '@opentelemetry/api';
import type { Random } from '../random';
import type { Condition } from './condition';
import { inSpan } from '../telemetry/in-span';
import { PeerError, simulateWork } from './simulated-work';

export type ObjectStoreMethod = 'CreateMultipartUpload' | 'PresignPart' | 'PresignGet' | 'GetObject' | 'PutObject';

export type ObjectStore = (method: ObjectStoreMethod, bucket: string, options?: { readonly medianMs?: number; readonly condition?: Condition }) => Promise<void>;

/** A stand-in for an S3-compatible store (semantic conventions, "AWS SDK" and "S3"). Object keys hold user names: not recorded. */
export function createObjectStore(random: Random): ObjectStore {
  return (method, bucket, { medianMs = 12, condition } = {}) => {
    const attributes = {
      'rpc.system': 'aws-api',
      'rpc.service': 'S3',
      'rpc.method': method,
      'aws.s3.bucket': bucket,
      'server.address': 'minio.veza.internal',
      'peer.service': 'object-store',
    };
    return inSpan(`S3.${method}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const failure = () => {
        span.setAttribute('http.response.status_code', 503);
        return new PeerError('SlowDown', 'reduce your request rate');
      };
      await simulateWork(random, { medianMs, condition, failure });
      span.setAttribute('http.response.status_code', 200);
    });
  };
}
