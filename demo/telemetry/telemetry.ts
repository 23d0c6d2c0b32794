/**
 * How a TypeScript service of this deployment is instrumented. Copy this folder, call `startTelemetry` before the
 * service's own modules are loaded, await `shutdown` before the process ends; README.md of the demo explains the choices.
 *
 * Invariants: telemetry never stops a service (an unreachable collector costs spans, not requests), never delays its end
 * by more than SHUTDOWN_LIMIT_MS, and never carries personal data (privacy.ts).
 */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import { ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { applyDeploymentDefaults, isTelemetryDisabled, tracesEndpoint } from './environment';
import { GuardedExporter } from './guarded-exporter';
import { createHttpInstrumentation, patchHttp } from './http-spans';

/** The longest that a shutdown may wait for the collector to take the last spans. */
const SHUTDOWN_LIMIT_MS = 5_000;

export interface ServiceIdentity {
  readonly name: string;
  readonly version: string;
  /** A group of services that are known by the same first name, e.g. `veza`. */
  readonly namespace: string;
}

export interface Telemetry {
  /** Sends what is waiting. Resolves within `limitMs` whatever the collector does, and never rejects. */
  shutdown(limitMs?: number): Promise<void>;
}

/**
 * Starts tracing for this process, configured by the OTEL_* variables over the deployment's defaults (environment.ts).
 * `log` gets a line when the collector stops or resumes taking spans.
 */
export function startTelemetry(service: ServiceIdentity, log: (line: string) => void): Telemetry {
  if (isTelemetryDisabled(process.env)) {
    return { shutdown: () => Promise.resolve() };
  }
  applyDeploymentDefaults(process.env);
  const sdk = new NodeSDK({
    serviceName: service.name,
    resource: resources.defaultResource().merge(
      resources.resourceFromAttributes({
        'service.namespace': service.namespace,
        [ATTR_SERVICE_VERSION]: service.version,
        'deployment.environment.name': 'demo',
      })
    ),
    // Not the process detector: a command line can hold secrets. OTEL_RESOURCE_ATTRIBUTES comes last and wins.
    resourceDetectors: [resources.hostDetector, resources.serviceInstanceIdDetector, resources.envDetector],
    traceExporter: createExporter(log),
    // Traces only; left undefined, the SDK would send metrics and logs to a collector of its own choice.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [createHttpInstrumentation()],
  });
  sdk.start();
  patchHttp();
  return { shutdown: (limitMs = SHUTDOWN_LIMIT_MS) => shutdownWithin(sdk, limitMs, log) };
}

/** OTLP over gRPC; undefined leaves the choice to the SDK where OTEL_TRACES_EXPORTER names another one, or none. */
function createExporter(log: (line: string) => void): GuardedExporter | undefined {
  const wanted = process.env.OTEL_TRACES_EXPORTER?.trim() || 'otlp';
  return wanted === 'otlp' ? new GuardedExporter(new OTLPTraceExporter(), tracesEndpoint(process.env), log) : undefined;
}

async function shutdownWithin(sdk: NodeSDK, limitMs: number, log: (line: string) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log(`telemetry: the last spans were not taken within ${limitMs} ms and are lost`);
      resolve();
    }, limitMs);
  });
  const flushed = sdk.shutdown().catch(() => undefined); // it rejects when an export fails, which GuardedExporter has said
  await Promise.race([flushed, limit]);
  clearTimeout(timer);
}
