/** The service of a resource without service.name, as OpenTelemetry's resource SDK specification names it. */
export const UNKNOWN_SERVICE = 'unknown_service';
