/**
 * Who an uninstrumented peer is, from the attributes of the span that called it. For a service graph of many traces it is read
 * while the span is decoded, when its bytes are in the cache: waiting for them again would take most of the time.
 */
import { AttributeField, findAttribute } from './attribute-search';
import { Interner } from './interner';
import { SpanKind } from './span-kind';
import { encodeUtf8 } from './utf8';
import { valueText } from './values';

export type PeerKind = 'database' | 'messaging' | 'external';

export interface Peer {
  readonly name: string;
  readonly kind: PeerKind;
}

export interface PeerColumn {
  /** Of each row, index into peers. */
  readonly peer: Uint32Array;
  /** The first is the peer that is not known. */
  readonly peers: readonly Peer[];
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
/** Bit i: some key is i letters long. */
const LENGTHS = KEYS.reduce((bits, key) => bits | (1 << key.length), 0);

const ATTRIBUTE = (9 << 3) | 2;
const KIND = 6 << 3;
const START = (7 << 3) | 1;
const END = (8 << 3) | 1;

/** Whether spans of this kind name a peer: clients, producers and consumers. */
export function namesPeer(kind: number): boolean {
  return kind >= SpanKind.client;
}

/** Numbers the peers that spans name; 0 is the external peer that is not known. */
export class PeerReader {
  readonly peers: Peer[] = [{ name: UNKNOWN_PEER, kind: 'external' }];
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
  /** Number of a peer by 3 × name + kind; nameless ones come first. */
  private readonly numbers: Array<number | undefined> = [];

  /**
   * The number of the peer that a span names in bytes[start, end), its message or the end of it. Stops at malformed bytes:
   * what precedes them counts.
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    return this.readRest(this.pastAttributes(bytes, start, end), end);
  }

  /** Begins to read a span's attributes: those that come next, as far as each is shorter than 128 bytes. @returns where they end */
  pastAttributes(bytes: Uint8Array, start: number, end: number): number {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.found = 0;
    let at = start;
    while (at < end && bytes[at] === ATTRIBUTE && bytes[at + 1] < 0x80) {
      const from = at + 2;
      at = from + bytes[at + 1];
      if ((LENGTHS & (1 << bytes[from + 1])) !== 0 && at <= end) {
        this.readKey(from, at);
      }
    }
    return at;
  }

  /** Reads what follows those attributes. @returns the number of the peer */
  readRest(from: number, end: number): number {
    const { bytes } = this;
    let at = from;
    while (at < end) {
      const tag = bytes[at];
      const length = bytes[at + 1];
      if (tag === ATTRIBUTE && length < 0x80) {
        at += 2;
        if (at + length <= end) {
          this.readKey(at, at + length);
        }
        at += length;
      } else if (tag === START || tag === END) {
        at += 9;
      } else if (tag === KIND) {
        at += 2;
      } else {
        at = this.readLong(at, end);
      }
    }
    return this.found === 0 ? 0 : this.peer();
  }

  /** Any other field, or an attribute of 128 bytes and more. @returns where it ends */
  private readLong(from: number, end: number): number {
    const { bytes } = this;
    if ((bytes[from] & 7) !== 2) {
      return pastField(bytes, from, end);
    }
    let at = pastVarint(bytes, from, end);
    // Each byte's continuation bit is taken off when the next byte is added.
    let length = bytes[at++];
    for (let shift = 7; length >= 1 << shift && shift < 28; shift += 7) {
      length += (bytes[at++] - 1) << shift;
    }
    if (!(at + length <= end)) {
      return end;
    }
    if (bytes[from] === ATTRIBUTE) {
      this.readKey(at, at + length);
    }
    return at + length;
  }

  private readKey(from: number, to: number): void {
    const { bytes } = this;
    const length = bytes[from + 1];
    if (length > LONGEST_KEY || (LENGTHS & (1 << length)) === 0 || bytes[from] !== 10) {
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

  /** The peer that the keys found name. */
  private peer(): number {
    const kind = this.found & DATABASE_KEYS ? 0 : this.found & MESSAGING_KEYS ? 1 : 2;
    for (let left = this.found; left !== 0; left &= left - 1) {
      const key = 31 - Math.clz32(left & -left);
      const name = this.nameOf(key);
      if (name >= 0 && !(key === NAMESPACE && /^\d*$/.test(this.names.texts[name]))) {
        return (this.numbers[3 * (name + 1) + kind] ??= this.peers.push({ name: this.names.texts[name], kind: PEER_KINDS[kind] }) - 1);
      }
    }
    return kind === 2 ? 0 : (this.numbers[kind] ??= this.peers.push({ name: UNKNOWN_PEER, kind: PEER_KINDS[kind] }) - 1);
  }

  /** Number of the interned value of the key, or -1 if it is empty. */
  private nameOf(key: number): number {
    const { bytes } = this;
    const from = this.from[key];
    const to = this.to[key];
    const value = from + 2 + KEYS[key].length;
    // KeyValue { key, value = 2: AnyValue { string_value = 1 } }, each shorter than 128 bytes: the usual case, not decoded.
    if (bytes[value] === 18 && bytes[value + 2] === 10 && bytes[value + 3] < 0x80 && value + 4 + bytes[value + 3] === to) {
      return to > value + 4 ? this.names.intern(bytes, value + 4, to) : -1;
    }
    const decoded = findAttribute(bytes, this.start, this.end, AttributeField.span, this.keys[key]);
    const text = decoded === undefined ? '' : valueText(decoded);
    return text === '' ? -1 : this.names.internText(text);
  }
}

const PEER_KINDS: readonly PeerKind[] = ['database', 'messaging', 'external'];

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
