import { parseArgs } from 'node:util';

export interface DemoOptions {
  readonly host: string;
  readonly port: number;
  /** Undefined: the OTEL_EXPORTER_OTLP_* variables, or their default, decide. */
  readonly otlpEndpoint: string | undefined;
  readonly seed: number;
  readonly ratePerS: number;
  readonly withLoad: boolean;
}

export type ParsedOptions = { readonly kind: 'options'; readonly options: DemoOptions } | { readonly kind: 'help' } | { readonly kind: 'invalid'; readonly reason: string };

export const USAGE = `Usage: node --import tsx demo/main.ts [options]
  --host HOST            address of the API gateway (127.0.0.1)
  --port PORT            port of the API gateway (8088)
  --otlp-endpoint URL    OTLP/gRPC receiver (OTEL_EXPORTER_OTLP_ENDPOINT, else http://127.0.0.1:4317)
  --seed N               seed of the load and the latencies (1)
  --rate N               requests a second on average, 0 < N <= 50 (4)
  --no-load              only the services; requests come from you
  --help                 this text`;

const MAX_RATE_PER_S = 50; // a demo for a laptop, not a benchmark

/** Reads the command line, without the interpreter and the script. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8088' },
        'otlp-endpoint': { type: 'string' },
        seed: { type: 'string', default: '1' },
        rate: { type: 'string', default: '4' },
        'no-load': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return invalid(error instanceof Error ? error.message : String(error));
  }
  if (values.help) {
    return { kind: 'help' };
  }
  const port = wholeNumber(values.port, 65535);
  const seed = wholeNumber(values.seed, 2 ** 32 - 1);
  const ratePerS = Number(values.rate);
  const otlpEndpoint = values['otlp-endpoint'];
  if (port === undefined) {
    return invalid(`--port: expected 0 to 65535, got ${values.port}`);
  }
  if (seed === undefined) {
    return invalid(`--seed: expected 0 to ${2 ** 32 - 1}, got ${values.seed}`);
  }
  if (!(ratePerS > 0 && ratePerS <= MAX_RATE_PER_S)) {
    return invalid(`--rate: expected more than 0, at most ${MAX_RATE_PER_S}, got ${values.rate}`);
  }
  if (otlpEndpoint !== undefined && !isHttpUrl(otlpEndpoint)) {
    return invalid(`--otlp-endpoint: expected a URL such as http://127.0.0.1:4317, got ${otlpEndpoint}`);
  }
  return { kind: 'options', options: { host: values.host, port, otlpEndpoint, seed, ratePerS, withLoad: !values['no-load'] } };
}

function invalid(reason: string): ParsedOptions {
  return { kind: 'invalid', reason };
}

function wholeNumber(text: string, max: number): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
