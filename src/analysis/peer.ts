/** Who an uninstrumented peer is, from the attributes of the client or producer span: the first that is there names it. */
import { valueText, type TraceSet } from '../trace';

export type PeerKind = 'database' | 'messaging' | 'external';

export interface Peer {
  readonly name: string;
  readonly kind: PeerKind;
}

/** peer.service → db.name → db.system as the servicegraph connector has it, then newer semantic conventions. */
const PEER_KEYS = [
  'peer.service', 'service.peer.name', 'db.name', 'db.namespace', 'db.system', 'db.system.name',
  'messaging.destination.name', 'messaging.system', 'server.address', 'network.peer.address', 'net.peer.name',
] as const;

export const UNKNOWN_PEER = 'unknown';

export function peerOf(set: TraceSet, row: number): Peer {
  const attributes = new Map<string, string>();
  for (const { key, value } of set.detail(row).attributes) {
    attributes.set(key, attributes.get(key) ?? valueText(value));
  }
  const kind = attributes.has('db.system') || attributes.has('db.system.name') ? 'database' : attributes.has('messaging.system') ? 'messaging' : 'external';
  return { name: PEER_KEYS.map((key) => attributes.get(key)).find(Boolean) ?? UNKNOWN_PEER, kind };
}
