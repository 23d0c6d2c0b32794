/** The options of `npm start`. Plain JavaScript without dependencies: it runs before anything is installed. */
import { parseArgs } from 'node:util';

export const HELP = `Veza Traces: service maps and traces, on this machine, without Grafana or Docker.

Usage: npm start -- [options]

  --port PORT              where the screens are served         (default 3000)
  --tempo-port PORT        Tempo's query API                    (default 3200)
  --otlp-http-port PORT    OTLP over HTTP                       (default 4318)
  --otlp-grpc-port PORT    OTLP over gRPC, may be repeated      (default 4317 and 4319)
  --demo-port PORT         the demo's API                       (default 8088)
  --host HOST              the address all of them listen on    (default 127.0.0.1)
  --data DIR               where traces are kept                (default .data)
  --sampling               keep only traces with errors, those of 500 ms or more and 10 % of the rest
  --no-demo                without the demo services and their load
  --tempo URL              an existing Tempo as a further data source, may be repeated
  --jaeger URL             an existing Jaeger, may be repeated
  --zipkin URL             an existing Zipkin, may be repeated
  --help                   this text

Send your own traces to http://localhost:4318 (OTLP/HTTP) or localhost:4317 (OTLP/gRPC).`;

/** What the user typed is wrong; the message says what and what to do. */
export class OptionError extends Error {}

const OPTIONS = /** @type {const} */ ({
  port: { type: 'string', default: '3000' },
  'tempo-port': { type: 'string', default: '3200' },
  'otlp-http-port': { type: 'string', default: '4318' },
  'otlp-grpc-port': { type: 'string', multiple: true, default: ['4317', '4319'] },
  'demo-port': { type: 'string', default: '8088' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: '.data' },
  sampling: { type: 'boolean', default: false },
  'no-demo': { type: 'boolean', default: false },
  tempo: { type: 'string', multiple: true, default: [] },
  jaeger: { type: 'string', multiple: true, default: [] },
  zipkin: { type: 'string', multiple: true, default: [] },
  help: { type: 'boolean', short: 'h', default: false },
});

/**
 * @param {readonly string[]} args after the script's name
 * @returns {{ help: true } | import('../local/start/start').StartOptions}
 * @throws {OptionError}
 */
export function parseStartOptions(args) {
  const values = parse(args);
  if (values.help) {
    return { help: true };
  }
  const grpcPorts = values['otlp-grpc-port'].map((text) => portOf(text, '--otlp-grpc-port'));
  const options = {
    host: nonEmpty(values.host, '--host'),
    port: portOf(values.port, '--port'),
    tempoPort: portOf(values['tempo-port'], '--tempo-port'),
    otlpHttpPort: portOf(values['otlp-http-port'], '--otlp-http-port'),
    otlpGrpcPorts: grpcPorts,
    demoPort: values['no-demo'] ? undefined : portOf(values['demo-port'], '--demo-port'),
    dataDir: nonEmpty(values.data, '--data'),
    sampling: values.sampling,
    backends: ['tempo', 'jaeger', 'zipkin'].flatMap((type) => values[type].map((text) => ({ type, url: urlOf(text, `--${type}`) }))),
  };
  refuseSharedPorts([
    ['--port', options.port],
    ['--tempo-port', options.tempoPort],
    ['--otlp-http-port', options.otlpHttpPort],
    ...grpcPorts.map((port) => ['--otlp-grpc-port', port]),
    ...(options.demoPort === undefined ? [] : [['--demo-port', options.demoPort]]),
  ]);
  return options;
}

function parse(args) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new OptionError(`${error.message.split('\n')[0].replace(/\.? To specify.*$/, '')}. See npm start -- --help`, { cause: error });
  }
}

function portOf(text, option) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new OptionError(`${option} ${text}: expected a port number from 1 to 65535`);
  }
  return port;
}

function nonEmpty(text, option) {
  if (text.trim() === '') {
    throw new OptionError(`${option}: expected a value, got nothing`);
  }
  return text;
}

function urlOf(text, option) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new OptionError(`${option} ${text}: expected an address such as http://localhost:3200`);
  }
  return url.href.replace(/\/+$/, '');
}

/** @param {ReadonlyArray<readonly [string, number]>} ports */
function refuseSharedPorts(ports) {
  const taken = new Map();
  for (const [option, port] of ports) {
    const other = taken.get(port);
    if (other !== undefined) {
      throw new OptionError(`${other} and ${option} both ask for port ${port}: choose another for one of them`);
    }
    taken.set(port, option);
  }
}
