/**
 * What the deployment asks of every service's telemetry, written as the standard variables of the OpenTelemetry
 * specification ("SDK environment variables"), so that there is one way to say each thing: what the environment
 * says wins, what it leaves out comes from here.
 */
const DEPLOYMENT_DEFAULTS = {
  // New traces are sampled by their id; a service that was called follows its caller, so that no trace has holes.
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '1.0',
  OTEL_PROPAGATORS: 'tracecontext,baggage',
  OTEL_BSP_SCHEDULE_DELAY: '5000', // ms
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512', // spans
  OTEL_BSP_MAX_QUEUE_SIZE: '2048', // spans; what comes on top while the collector is away is dropped, not kept
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317',
  // Tempo cuts attribute values here as well; it also bounds the work of masking.
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '2048', // characters
} as const;

/** Fills in what `env` leaves out or empty. Call it before the SDK is constructed: the SDK reads `process.env` then. */
export function applyDeploymentDefaults(env: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(DEPLOYMENT_DEFAULTS)) {
    if (!env[name]?.trim()) {
      env[name] = value;
    }
  }
}

/** The URL that spans go to: the signal's own variable comes before the general one, as the specification says. */
export function tracesEndpoint(env: NodeJS.ProcessEnv): string {
  return env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim() || env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim() || DEPLOYMENT_DEFAULTS.OTEL_EXPORTER_OTLP_ENDPOINT;
}

/** True where the specification says that no telemetry may be made. */
export function isTelemetryDisabled(env: NodeJS.ProcessEnv): boolean {
  return env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true';
}
