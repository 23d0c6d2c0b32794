/** What many traces waited for: the time their critical paths spent in each service, operation and call between services. */
import { NO_PARENT, type TraceSet } from '../trace';
import { CriticalPathWalk } from './critical-path';

export interface CriticalShare {
  /** Time on critical paths, ns. */
  readonly ns: number;
  /** Of the end-to-end latency of all traces, in [0, 1]. */
  readonly share: number;
  /** Traces on whose critical path it is. */
  readonly traceCount: number;
}

export interface CriticalPathShares {
  readonly traceCount: number;
  /** Sum of the roots' durations: the end-to-end latency that the shares are of. */
  readonly totalNs: number;
  // Largest first.
  readonly services: ReadonlyArray<CriticalShare & { readonly service: string }>;
  readonly operations: ReadonlyArray<CriticalShare & { readonly service: string; readonly operation: string }>;
  /** Time in `target` while `source` had called it. */
  readonly edges: ReadonlyArray<CriticalShare & { readonly source: string; readonly target: string }>;
}

/** Shares of one set's traces. */
export function criticalPathShares(set: TraceSet): CriticalPathShares {
  return new CriticalPathAggregate().add(set).finish();
}

/** Adds up the critical paths of any number of sets. */
export class CriticalPathAggregate {
  private readonly services = new TimeByNames();
  private readonly operations = new TimeByNames();
  private readonly edges = new TimeByNames();
  private traceCount = 0;
  private totalNs = 0;

  add(set: TraceSet): this {
    const { service, operation, services, operations } = set.columns;
    const callers = callerServices(set);
    const walk = new CriticalPathWalk(set);
    const byService = new TimeByNumber();
    const byOperation = new TimeByNumber();
    const byEdge = new TimeByNumber();
    for (let trace = 0; trace < set.traceCount; trace++) {
      walk.walk(trace, (row, fromNs, toNs) => {
        const ns = toNs - fromNs;
        this.totalNs += ns;
        byService.add(service[row], ns, trace);
        byOperation.add(service[row] * operations.length + operation[row], ns, trace);
        if (callers[row] >= 0) {
          byEdge.add(callers[row] * services.length + service[row], ns, trace);
        }
      });
    }
    byService.forEach((key, time) => this.services.add([services[key]], time));
    byOperation.forEach((key, time) => this.operations.add([services[Math.floor(key / operations.length)], operations[key % operations.length]], time));
    byEdge.forEach((key, time) => this.edges.add([services[Math.floor(key / services.length)], services[key % services.length]], time));
    this.traceCount += set.traceCount;
    return this;
  }

  merge(other: CriticalPathAggregate): this {
    this.services.merge(other.services);
    this.operations.merge(other.operations);
    this.edges.merge(other.edges);
    this.traceCount += other.traceCount;
    this.totalNs += other.totalNs;
    return this;
  }

  finish(): CriticalPathShares {
    const { traceCount, totalNs } = this;
    return {
      traceCount,
      totalNs,
      services: this.services.ranked(totalNs, ([service]) => ({ service })),
      operations: this.operations.ranked(totalNs, ([service, operation]) => ({ service, operation })),
      edges: this.edges.ranked(totalNs, ([source, target]) => ({ source, target })),
    };
  }
}

/** The service that called the row's service: that of the nearest ancestor of another service, or -1. */
function callerServices({ columns: { parent, service } }: TraceSet): Int32Array {
  const callers = new Int32Array(parent.length);
  for (let row = 0; row < parent.length; row++) {
    const up = parent[row];
    callers[row] = up === NO_PARENT ? -1 : service[up] === service[row] ? callers[up] : service[up];
  }
  return callers;
}

interface Time {
  ns: number;
  traceCount: number;
}

/** Times by a number that is unique inside one set. */
class TimeByNumber {
  private readonly times = new Map<number, Time & { lastTrace: number }>();

  add(key: number, ns: number, trace: number): void {
    let time = this.times.get(key);
    if (time === undefined) {
      this.times.set(key, (time = { ns: 0, traceCount: 0, lastTrace: -1 }));
    }
    time.ns += ns;
    if (time.lastTrace !== trace) {
      time.lastTrace = trace;
      time.traceCount++;
    }
  }

  forEach(visit: (key: number, time: Time) => void): void {
    this.times.forEach((time, key) => visit(key, time));
  }
}

/** Times by names, across sets. */
class TimeByNames {
  private readonly times = new Map<string, Time>();

  add(names: readonly string[], { ns, traceCount }: Time): void {
    const key = JSON.stringify(names);
    const time = this.times.get(key) ?? { ns: 0, traceCount: 0 };
    this.times.set(key, { ns: time.ns + ns, traceCount: time.traceCount + traceCount });
  }

  merge(other: TimeByNames): void {
    other.times.forEach((time, key) => this.add(JSON.parse(key), time));
  }

  ranked<T extends object>(totalNs: number, describe: (names: readonly string[]) => T): Array<CriticalShare & T> {
    return [...this.times]
      .sort(([keyA, a], [keyB, b]) => b.ns - a.ns || (keyA < keyB ? -1 : 1))
      .map(([key, { ns, traceCount }]) => ({ ...describe(JSON.parse(key)), ns, traceCount, share: ns / totalNs }));
  }
}
