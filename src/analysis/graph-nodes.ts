/**
 * What the nodes of a service graph stand for: services, the operations through which they are called, or groups of
 * services by a resource attribute. Gives each row of a set its node.
 */
import type { TraceSet } from '../trace';
import { groupColumn, type Group } from './group-column';
import type { NodeDraft, ServiceGraphDraft } from './service-graph-draft';
import { Role } from './span-roles';

export type GraphNodes =
  | { readonly kind: 'service' }
  /** Service and operation: the name of the span by which the call arrived. What the service does inside belongs to it. */
  | { readonly kind: 'operation' }
  /** Services by a resource attribute, such as `service.namespace`; a service without it stays a node of its own. */
  | { readonly kind: 'group'; readonly key: string };

export type NodeOf = (row: number) => NodeDraft;

/** @param roles see spanRoles() */
export function nodeOfRows(set: TraceSet, roles: Uint8Array, by: GraphNodes, draft: ServiceGraphDraft): NodeOf {
  const { service, services } = set.columns;
  switch (by.kind) {
    case 'service':
      return cached(service, (row) => draft.service(set.service(row)));
    case 'operation': {
      const { group, groups } = groupColumn(set, { kind: 'operation' });
      const entry = entryRows(set, roles);
      const nodeOf = cached(group, (row) => draft.service(set.service(row), set.operation(row)));
      return (row) => nodeOf(entry[row]);
    }
    case 'group': {
      const { group, groups } = groupColumn(set, { kind: 'attribute', scope: 'resource', key: by.key });
      const pair = Uint32Array.from(group, (number, row) => number * services.length + service[row]);
      return cached(pair, (row) => nodeOfGroup(groups[group[row]], set.service(row), draft));
    }
  }
}

function nodeOfGroup({ name }: Group, service: string, draft: ServiceGraphDraft): NodeDraft {
  return name === undefined || name === '' ? draft.service(service) : draft.group(name, service);
}

/** The node of each number is asked for once. */
function cached(numbers: Uint32Array, node: NodeOf): NodeOf {
  const nodes: Array<NodeDraft | undefined> = [];
  return (row) => (nodes[numbers[row]] ??= node(row));
}

/** The row by which the call that each row is part of arrived at its service. */
function entryRows({ columns: { parent } }: TraceSet, roles: Uint8Array): Uint32Array {
  const entry = new Uint32Array(roles.length);
  for (let row = 0; row < roles.length; row++) {
    entry[row] = (roles[row] & Role.entry) !== 0 ? row : entry[parent[row]];
  }
  return entry;
}
