import type { Backend, BackendKind } from './backend';
import type { HttpTransport } from './http/http-client';
import { JaegerBackend } from './jaeger/jaeger-backend';
import { TempoBackend } from './tempo/tempo-backend';
import { ZipkinBackend } from './zipkin/zipkin-backend';

/** The client for a kind of backend. */
export function openBackend(kind: BackendKind, transport: HttpTransport): Backend {
  switch (kind) {
    case 'tempo':
      return new TempoBackend(transport);
    case 'jaeger':
      return new JaegerBackend(transport);
    case 'zipkin':
      return new ZipkinBackend(transport);
  }
}
