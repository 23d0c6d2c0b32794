/** Rate, errors and duration of each operation: a span name of a service. Mergeable and incremental. */
import type { TraceSet } from '../trace';
import { CallCounter, type CallStatistics } from './call-statistics';
import { groupColumn } from './group-column';
import { Role, spanRoles } from './span-roles';

export interface OperationStatistics {
  readonly service: string;
  readonly operation: string;
  readonly calls: CallStatistics;
}

/** Operations of one set: those by which calls reach a service before those inside it, of each the most frequent first. */
export function operations(set: TraceSet): OperationStatistics[] {
  const entries = entryOperations(set);
  const all = new OperationsBuilder().add(set).finish();
  const isEntry = ({ service, operation }: OperationStatistics) => entries.get(service)?.has(operation) === true;
  return [...all.filter(isEntry), ...all.filter((each) => !isEntry(each))];
}

/** Names of the spans at which calls arrive, by service. */
function entryOperations(set: TraceSet): Map<string, Set<string>> {
  const roles = spanRoles(set);
  const { group, groups } = groupColumn(set, { kind: 'operation' });
  const arriving = new Set(group.filter((_, row) => (roles[row] & Role.entry) !== 0));
  const entries = new Map<string, Set<string>>();
  for (const { service = '', name = '' } of [...arriving].map((number) => groups[number])) {
    const names = entries.get(service);
    names ? names.add(name) : entries.set(service, new Set([name]));
  }
  return entries;
}

export class OperationsBuilder {
  private readonly services = new Map<string, Map<string, CallCounter>>();

  add(set: TraceSet): this {
    const { group, groups } = groupColumn(set, { kind: 'operation' });
    const counters = groups.map(({ service = '', name = '' }) => this.counter(service, name));
    for (let row = 0; row < group.length; row++) {
      counters[group[row]].add(set, row);
    }
    return this;
  }

  merge(other: OperationsBuilder): this {
    other.services.forEach((byName, service) => byName.forEach((counter, name) => this.counter(service, name).merge(counter)));
    return this;
  }

  finish(): OperationStatistics[] {
    return [...this.services]
      .flatMap(([service, byName]) => [...byName].map(([operation, counter]) => ({ service, operation, calls: counter.statistics() })))
      .sort((a, b) => b.calls.count - a.calls.count || compare(a.service, b.service) || compare(a.operation, b.operation));
  }

  /** What was counted under a span name, of one service or of all that have it. */
  named(operation: string, service?: string): CallCounter {
    const sum = new CallCounter();
    for (const [name, byName] of this.services) {
      const counter = byName.get(operation);
      if (counter !== undefined && (service === undefined || service === name)) {
        sum.merge(counter);
      }
    }
    return sum;
  }

  private counter(service: string, name: string): CallCounter {
    let byName = this.services.get(service);
    if (byName === undefined) {
      this.services.set(service, (byName = new Map()));
    }
    let counter = byName.get(name);
    if (counter === undefined) {
      byName.set(name, (counter = new CallCounter()));
    }
    return counter;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
