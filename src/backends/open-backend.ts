import type { Backend, BackendKind } from './backend';
import type { HttpTransport } from './http/http-client';
import type { RequestPolicy } from './http/request';
import { JaegerBackend } from './jaeger/jaeger-backend';
import { TempoBackend } from './tempo/tempo-backend';
import { ZipkinBackend } from './zipkin/zipkin-backend';

/** The client for a kind of backend. */
export function openBackend(kind: BackendKind, transport: HttpTransport, policy?: RequestPolicy): Backend {
  switch (kind) {
    case 'tempo':
      return new TempoBackend(transport, policy);
    case 'jaeger':
      return new JaegerBackend(transport, policy);
    case 'zipkin':
      return new ZipkinBackend(transport, policy);
  }
}
