/**
 * Who an uninstrumented peer is, from the attributes of the span that called it. One walk over the span's bytes reads
 * all keys that may name it, and tells on the way whether the span has links.
 */
import { AttributeField, encodeUtf8, findAttribute, valueText, type TraceSet } from '../trace';
import { Interner } from '../trace/interner';

export type PeerKind = 'database' | 'messaging' | 'external';

export interface Peer {
  readonly name: string;
  readonly kind: PeerKind;
}

export const UNKNOWN_PEER = 'unknown';

/**
 * The first key with a value names the peer: a database by its name, then in the order of the OpenTelemetry servicegraph
 * connector (peer.service, db.name, db.system) with the newer names of semantic conventions beside the older, then what
 * the connector leaves out.
 */
const KEYS = [
  'db.name', 'db.namespace', 'peer.service', 'service.peer.name', 'db.system', 'db.system.name',
  'messaging.destination.name', 'messaging.destination', 'messaging.system',
  'server.address', 'net.peer.name', 'network.peer.address', 'http.host', 'rpc.service',
] as const;
const DATABASE_KEYS = keyBits((key) => key.startsWith('db.'));
const MESSAGING_KEYS = keyBits((key) => key.startsWith('messaging.'));
/** Redis counts its databases: `0` is no name. */
const NAMESPACE = KEYS.indexOf('db.namespace');

const LONGEST_KEY = Math.max(...KEYS.map((key) => key.length));

const ATTRIBUTE = (9 << 3) | 2;
const LINK = (13 << 3) | 2;
const KIND = 6 << 3;
const START = (7 << 3) | 1;
const END = (8 << 3) | 1;

export class PeerReader {
  private readonly keys = KEYS.map((key) => encodeUtf8(key));
  private readonly keysOfLength: number[][] = Array.from({ length: LONGEST_KEY + 1 }, (_, length) =>
    KEYS.flatMap((key, at) => (key.length === length ? [at] : []))
  );
  // --- the span read last: its bytes, and where the KeyValue of each key lies in them
  private bytes: Uint8Array = new Uint8Array(0);
  private start = 0;
  private end = 0;
  private readonly from = new Uint32Array(KEYS.length);
  private readonly to = new Uint32Array(KEYS.length);
  /** Bit i: KEYS[i] is there. */
  private found = 0;
  private readonly names = new Interner();
  private readonly peers = new Map<number, Peer>();
  private readonly nameless = new Map<PeerKind, Peer>();

  /** Whether the span read last has links. */
  hasLinks = false;

  /** Reads the span's attribute keys and links. Stops at malformed bytes: what precedes them counts. */
  read(set: TraceSet, row: number): void {
    const { bytes, start, end } = set.detailRange(row);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.found = 0;
    this.hasLinks = false;
    let at = start;
    while (at < end) {
      const tag = bytes[at++];
      if (tag === START || tag === END) {
        at += 8;
      } else if (tag === KIND) {
        at++;
      } else if ((tag & 7) === 2) {
        if (tag >= 0x80) {
          at = pastVarint(bytes, at, end);
        }
        // Each byte's continuation bit is taken off when the next byte is added.
        let length = bytes[at++];
        for (let shift = 7; length >= 1 << shift && shift < 28; shift += 7) {
          length += (bytes[at++] - 1) << shift;
        }
        if (!(at + length <= end)) {
          return;
        }
        if (tag === ATTRIBUTE) {
          this.readKey(bytes, at, at + length);
        } else if (tag === LINK) {
          this.hasLinks = true;
        }
        at += length;
      } else {
        at = pastField(bytes, at - 1, end);
      }
    }
  }

  /** The peer that the attributes read last name, the same object for the same peer. */
  peer(): Peer {
    const kind = this.found & DATABASE_KEYS ? 'database' : this.found & MESSAGING_KEYS ? 'messaging' : 'external';
    for (let left = this.found; left !== 0; left &= left - 1) {
      const key = 31 - Math.clz32(left & -left);
      const name = this.nameOf(key);
      if (name >= 0 && !(key === NAMESPACE && /^\d*$/.test(this.names.texts[name]))) {
        return this.named(name, kind);
      }
    }
    let peer = this.nameless.get(kind);
    if (peer === undefined) {
      this.nameless.set(kind, (peer = { name: UNKNOWN_PEER, kind }));
    }
    return peer;
  }

  private readKey(bytes: Uint8Array, from: number, to: number): void {
    const length = bytes[from + 1];
    if (bytes[from] !== 10 || length > LONGEST_KEY) {
      return;
    }
    for (const key of this.keysOfLength[length]) {
      if ((this.found & (1 << key)) === 0 && endsAt(bytes, from + 2, this.keys[key])) {
        this.found |= 1 << key;
        this.from[key] = from;
        this.to[key] = to;
        return;
      }
    }
  }

  /** Number of the interned value of the key, or -1 if it is empty. */
  private nameOf(key: number): number {
    const { bytes, start, end } = this;
    const to = this.to[key];
    const value = this.from[key] + 2 + KEYS[key].length;
    // KeyValue { key, value = 2: AnyValue { string_value = 1 } }, each shorter than 128 bytes: the usual case, not decoded.
    if (bytes[value] === 18 && bytes[value + 2] === 10 && bytes[value + 3] < 0x80 && value + 4 + bytes[value + 3] === to) {
      return to > value + 4 ? this.names.intern(bytes, value + 4, to) : -1;
    }
    const decoded = findAttribute(bytes, start, end, AttributeField.span, this.keys[key]);
    const text = decoded === undefined ? '' : valueText(decoded);
    return text === '' ? -1 : this.names.internText(text);
  }

  private named(name: number, kind: PeerKind): Peer {
    const id = 4 * name + KIND_NUMBER[kind];
    let peer = this.peers.get(id);
    if (peer === undefined) {
      this.peers.set(id, (peer = { name: this.names.texts[name], kind }));
    }
    return peer;
  }
}

const KIND_NUMBER: Readonly<Record<PeerKind, number>> = { database: 0, messaging: 1, external: 2 };

function keyBits(holds: (key: string) => boolean): number {
  return KEYS.reduce((bits, key, at) => (holds(key) ? bits | (1 << at) : bits), 0);
}

/** Whether the key is at bytes[from …); from its end, since keys share prefixes. */
function endsAt(bytes: Uint8Array, from: number, key: Uint8Array): boolean {
  for (let at = key.length - 1; at >= 0; at--) {
    if (bytes[from + at] !== key[at]) {
      return false;
    }
  }
  return true;
}

function pastVarint(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] >= 0x80) {
    at++;
  }
  return at + 1;
}

/** Past a field that is neither an attribute nor a link; the end if the wire type is not OTLP's. */
function pastField(bytes: Uint8Array, at: number, end: number): number {
  const type = bytes[at] & 7;
  const after = pastVarint(bytes, at, end);
  return type === 0 ? pastVarint(bytes, after, end) : type === 1 ? after + 8 : type === 5 ? after + 4 : end;
}
