import type { Backend, BackendKind } from './backend';
import type { DecodeLarge } from './http/api-client';
import type { HttpTransport } from './http/http-client';
import type { RequestPolicy } from './http/request';
import { JaegerBackend } from './jaeger/jaeger-backend';
import { TempoBackend } from './tempo/tempo-backend';
import { ZipkinBackend } from './zipkin/zipkin-backend';

/** The client for a kind of backend. @param decodeLarge where large traces are decoded; here where undefined */
export function openBackend(kind: BackendKind, transport: HttpTransport, policy?: RequestPolicy, decodeLarge?: DecodeLarge): Backend {
  switch (kind) {
    case 'tempo':
      return new TempoBackend(transport, policy, decodeLarge);
    case 'jaeger':
      return new JaegerBackend(transport, policy, decodeLarge);
    case 'zipkin':
      return new ZipkinBackend(transport, policy, decodeLarge);
  }
}
