/** How long a thread's event loop has been held up at most: what anyone who asks may have had to wait. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The monitor's own timer; what it measures is on top of it. */
const RESOLUTION_MS = 5;
const NS_PER_S = 1e9;

export class EventLoopStall {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /** Of this thread, from now on. */
  constructor() {
    this.delay.enable();
  }

  get maxSeconds(): number {
    return Math.max(0, this.delay.max / NS_PER_S - RESOLUTION_MS / 1000);
  }

  stop(): void {
    this.delay.disable();
  }
}

/** A line of /metrics; the engine's thread and the servers' report one each. */
export function stallSample(thread: 'engine' | 'server', stall: EventLoopStall): string {
  return `veza_store_event_loop_stall_max_seconds{thread="${thread}"} ${stall.maxSeconds}\n`;
}
