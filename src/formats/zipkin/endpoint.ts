/** Zipkin's Endpoint `{serviceName, ipv4, ipv6, port}` and the attributes it becomes. */
import { Interner } from '../../trace';
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { writeStringAttribute } from '../otlp/span-fields';
import type { WireWriter } from '../otlp/wire-writer';

export interface Endpoint {
  /** Empty where absent. */
  readonly serviceName: string;
  readonly address: string;
  readonly port: number;
}

export const ENDPOINT_ABSENT: Endpoint = { serviceName: '', address: '', port: 0 };

const KEYS = new KeyTable(['serviceName', 'ipv4', 'ipv6', 'port']);

/** Reads the endpoints of one document; those that were written the same before are not read again. */
export class EndpointReader {
  private readonly known: Endpoint[] = [];
  private readonly texts = new Interner();

  constructor(private readonly cursor: JsonCursor) {}

  /** The endpoint that comes next; equal ones are mostly the same object. */
  read(): Endpoint {
    const { cursor } = this;
    cursor.next();
    const from = cursor.at;
    cursor.skip();
    const end = cursor.at;
    const text = this.texts.intern(cursor.bytes, from, end);
    if (this.known[text] === undefined) {
      cursor.at = from;
      this.known[text] = this.parse();
      cursor.at = end;
    }
    return this.known[text];
  }

  private parse(): Endpoint {
    const { cursor } = this;
    const endpoint = { serviceName: '', address: '', port: 0 };
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(KEYS); key !== -2; key = cursor.nextKey(KEYS)) {
        if (key < 0) {
          cursor.skip();
          continue;
        }
        const text = cursor.scalarText() ?? '';
        if (key === 0) {
          endpoint.serviceName = text;
        } else if (key === 3) {
          endpoint.port = Number(text) || 0;
        } else {
          endpoint.address ||= text;
        }
      }
    }
    return endpoint;
  }
}

/** The remote endpoint as peer.service, network.peer.address and network.peer.port. */
export function writeEndpointAttributes(writer: WireWriter, field: number, endpoint: Endpoint): void {
  if (endpoint.serviceName !== '') {
    writeStringAttribute(writer, field, 'peer.service', endpoint.serviceName);
  }
  if (endpoint.address !== '') {
    writeStringAttribute(writer, field, 'network.peer.address', endpoint.address);
  }
  if (endpoint.port > 0) {
    const attribute = writer.begin(field);
    writer.textField(1, 'network.peer.port');
    const value = writer.begin(2);
    writer.varintField(3, endpoint.port);
    writer.end(value);
    writer.end(attribute);
  }
}
