/**
 * Clock skew: moves spans of other hosts into their callers, as Jaeger's query service does (see the rule below). It is an
 * adjustment to switch on and off: the raw set is not touched, and `row` leads from its rows to those of the adjusted set.
 *
 * A span of another host than its parent's that does not fit into the parent's time is moved: to the parent's start if it lasts
 * longer than the parent, else to the parent's middle, as if the network took the same time both ways. Spans of one host move
 * together. Asynchronous work (consumers) may outlive its caller: it is only moved if it starts before it.
 */
import { NO_PARENT, SpanKind, valueText, withStarts, type TraceSet } from '../trace';

export interface SkewAdjustment {
  /** The set with adjusted times; the same object as the raw one if nothing was moved. */
  readonly set: TraceSet;
  /** Row in `set` of each raw row; siblings may change places when they move. */
  readonly row: Int32Array;
  /** How far each raw row was moved, ns. */
  readonly shiftNs: Float64Array;
  readonly movedCount: number;
}

/** Moves what does not fit, all traces of the set; see above for the rule. Takes time with the number of spans. */
export function adjustClockSkew(set: TraceSet): SkewAdjustment {
  const { parent, startNs, durationNs, kind, scope, scopeResource } = set.columns;
  const hosts = new HostNames(set);
  const shiftNs = new Float64Array(set.spanCount);
  let movedCount = 0;
  for (let row = 0; row < set.spanCount; row++) {
    const up = parent[row];
    if (up === NO_PARENT) {
      continue;
    }
    const sameHost = scopeResource[scope[row]] === scopeResource[scope[up]] || hosts.of(row) === hosts.of(up);
    const parentStartNs = startNs[up] + shiftNs[up];
    shiftNs[row] = sameHost
      ? shiftNs[up]
      : skewNs(startNs[row], durationNs[row], parentStartNs, durationNs[up], kind[row] === SpanKind.consumer);
    movedCount += shiftNs[row] === 0 ? 0 : 1;
  }
  if (movedCount === 0) {
    return { set, row: Int32Array.from(startNs.keys()), shiftNs, movedCount };
  }
  return { ...withStarts(set, startNs.map((start, row) => start + shiftNs[row])), shiftNs, movedCount };
}

/** How far a child must move to fit into its parent; 0 if it does. */
function skewNs(startNs: number, durationNs: number, parentStartNs: number, parentDurationNs: number, isAsync: boolean): number {
  if (isAsync || durationNs > parentDurationNs) {
    return Math.max(0, parentStartNs - startNs);
  }
  const fits = startNs >= parentStartNs && startNs + durationNs <= parentStartNs + parentDurationNs;
  return fits ? 0 : parentStartNs + Math.floor((parentDurationNs - durationNs) / 2) - startNs;
}

/** Resource attributes that name the machine whose clock was read, the surest first; without them a service is a host. */
const HOST_KEYS = ['host.id', 'host.name', 'host.ip', 'k8s.node.name', 'hostname', 'ip'] as const;

/** Hosts by name, looked up once a resource. */
class HostNames {
  private readonly byResource = new Map<number, string>();

  constructor(private readonly set: TraceSet) {}

  of(row: number): string {
    const { scope, scopeResource } = this.set.columns;
    const resource = scopeResource[scope[row]];
    let host = this.byResource.get(resource);
    if (host === undefined) {
      const named = HOST_KEYS.map((key) => this.set.resourceAttribute(row, key)).find((value) => value !== undefined);
      this.byResource.set(resource, (host = named === undefined ? `service ${this.set.service(row)}` : `host ${valueText(named)}`));
    }
    return host;
  }
}
