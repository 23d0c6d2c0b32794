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
 * for. The build follows `new CorsWorker(new URL(…))` as it follows `new Worker(…)`, see rspack.config.mjs.
 */
export class CorsWorker extends HostWorker {
  constructor(script: URL) {
    const start = URL.createObjectURL(new Blob([`self.define = (make) => make(); importScripts(${JSON.stringify(script.href)});`], { type: 'text/javascript' }));
    super(start);
    // The worker has its own reference to the script by the time its first message can be sent; a minute is plenty.
    setTimeout(() => URL.revokeObjectURL(start), 60_000);
  }
}
