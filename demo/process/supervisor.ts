import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoOptions } from '../options';
import { SERVICES } from '../services/catalogue';
import { GATEWAY, LOAD, SERVICE_NAMES, type ServiceName, STOP_ORDER } from '../services/names';
import type { FromService, ServiceUrls } from './messages';
import { ServiceProcess } from './service-process';

/** A wave of services gets this long for its last requests, a process this long for its end: three waves are over after 5 s. */
const WAVE_QUIET_WITHIN_MS = 750;
const PROCESS_STOP_WITHIN_MS = 3_500;

/**
 * Runs the services, one process each, tells them of one another, and is their message broker: what one publishes goes to
 * those that consume. IPC stands for the broker's network, because a broker is not instrumented and must leave no spans.
 */
export class Supervisor {
  private processes: readonly ServiceProcess[] = [];
  private readonly printed = new Set<string>();
  private isStopping = false;

  /** `print` gets a line for people; `onLoss` is called when a service ends that should not have. */
  constructor(
    private readonly options: DemoOptions,
    private readonly print: (line: string) => void,
    private readonly onLoss: (service: ServiceName) => void
  ) {}

  /** Resolves with the gateway's URL when all services serve. Rejects where one cannot; call `stop` then as well. */
  async start(): Promise<string> {
    const { options } = this;
    const names = SERVICE_NAMES.filter((name) => name !== LOAD || options.withLoad);
    const env = childEnvironment(options);
    this.processes = names.map((service) => {
      const { host, port } = service === GATEWAY ? options : { host: '127.0.0.1', port: 0 };
      const settings = { service, host, port, seed: options.seed, ratePerS: options.ratePerS };
      return new ServiceProcess(settings, env, (message) => this.receive(service, message));
    });
    const urls = Object.fromEntries(await Promise.all(this.processes.map(async ({ name, listening }) => [name, await listening] as const))) as ServiceUrls;
    for (const process of this.processes) {
      process.tell({ kind: 'start', urls });
    }
    await Promise.all(this.processes.map(({ serving }) => serving));
    for (const process of this.processes) {
      void process.exited.then(() => this.isStopping || this.onLoss(process.name));
    }
    return String(urls[GATEWAY]);
  }

  /** Ends all services, spans flushed, within five seconds. May be called at any time. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const ended: Array<Promise<void>> = [];
    for (const names of STOP_ORDER) {
      const wave = this.processes.filter(({ name }) => names.includes(name));
      ended.push(...wave.map((process) => process.stop(PROCESS_STOP_WITHIN_MS)));
      await Promise.race([Promise.all(wave.map(({ quiet }) => quiet)), sleep(WAVE_QUIET_WITHIN_MS, undefined, { ref: false })]);
    }
    await Promise.all(ended);
  }

  /** Ends all services at once. */
  kill(): void {
    this.isStopping = true;
    this.processes.forEach((process) => process.kill());
  }

  private receive(sender: ServiceName, message: FromService): void {
    if (message.kind === 'published') {
      this.processes.filter(({ name }) => SERVICES[name].consumes).forEach((process) => process.tell({ kind: 'deliver', message: message.message }));
    }
    // All services notice the same absent collector: it is said once.
    if (message.kind === 'log' && !this.printed.has(message.line)) {
      this.printed.add(message.line);
      this.print(`${sender}: ${message.line}`);
    }
  }
}

/** The option comes before the variables, also before the signal's own, which would win otherwise. */
function childEnvironment({ otlpEndpoint }: DemoOptions): NodeJS.ProcessEnv {
  return otlpEndpoint === undefined
    ? process.env
    : { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlpEndpoint };
}
