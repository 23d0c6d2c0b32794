import { encodeUtf8 } from '../../trace';

let bytes: Uint8Array | undefined;

/** The key of the resource attribute that names the service (OpenTelemetry semantic conventions), as UTF-8. */
export function serviceNameKey(): Uint8Array {
  return (bytes ??= encodeUtf8('service.name'));
}
