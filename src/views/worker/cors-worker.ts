/** Where a host has no workers at all, this module can still be imported; only starting one fails. */
class NoWorker {
  constructor() {
    throw new Error('this host has no workers');
  }
}
const HostWorker = globalThis.Worker ?? (NoWorker as unknown as typeof Worker);

/**
 * A worker whose script may come from another origin, as it does where Grafana serves plugins from a CDN: browsers refuse
 * such a worker, but let one of ours import the script. `define` stands in for the AMD loader that the build's wrapper asks
 * for; further chunks, which the build addresses as the page would, lie beside the script. The build follows
 * `new CorsWorker(new URL(…))` as it follows `new Worker(…)`, see rspack.config.mjs.
 */
export class CorsWorker extends HostWorker {
  constructor(script: URL) {
    const start = URL.createObjectURL(new Blob([bootstrap(script.href)], { type: 'text/javascript' }));
    super(start);
    // The worker has its own reference to the script by the time its first message can be sent; a minute is plenty.
    setTimeout(() => URL.revokeObjectURL(start), 60_000);
  }
}

const bootstrap = (href: string): string => `{
  const script = ${JSON.stringify(href)};
  const load = self.importScripts.bind(self);
  self.importScripts = (...chunks) => load(...chunks.map((chunk) => new URL(chunk.slice(chunk.lastIndexOf('/') + 1), script).href));
  self.define = (make) => make();
  load(script);
}`;
