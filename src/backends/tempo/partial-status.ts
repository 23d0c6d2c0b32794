import { decodeUtf8, WireError, WireReader } from '../../trace';
import { asObject, asText } from '../json';

const STATUS_FIELD = 3;
const MESSAGE_FIELD = 4;

/**
 * What Tempo says of a trace that it gives in part only (TraceByIDResponse of tempo.proto: `PartialStatus status = 3`,
 * `string message = 4`; in JSON `"status": "PARTIAL"`). Undefined for a whole trace.
 */
export function partialStatus(body: Uint8Array, isJson: boolean): string | undefined {
  const { status, message } = isJson ? fromJson(body) : fromProtobuf(body);
  return status === 'PARTIAL' || status === 1 ? message || 'Tempo gives only a part of this trace' : undefined;
}

interface Status {
  readonly status: unknown;
  readonly message: string | undefined;
}

function fromJson(body: Uint8Array): Status {
  const text = decodeUtf8(body);
  // The trace may have many megabytes; only one that has the word is parsed again.
  const { status, message } = text.includes('"PARTIAL"') ? asObject(JSON.parse(text)) : {};
  return { status, message: asText(message) };
}

function fromProtobuf(body: Uint8Array): Status {
  const reader = new WireReader(body);
  let status: number | undefined;
  let message: string | undefined;
  try {
    while (reader.next()) {
      if (reader.field === STATUS_FIELD && reader.type === 0) {
        status = reader.varint();
      } else if (reader.field === MESSAGE_FIELD && reader.type === 2) {
        const length = reader.varint();
        message = decodeUtf8(body, reader.at, reader.at + length);
        reader.at += length;
      } else {
        reader.skip();
      }
    }
  } catch (error) {
    // The decoder of the trace says what is malformed.
    if (!(error instanceof WireError)) {
      throw error;
    }
  }
  return { status, message };
}
