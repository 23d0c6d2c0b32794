import type { Backend } from '../../backends/backend';
import { BackendError } from '../../backends/http/http-client';
import { openDataSource } from '../../backends/open-data-source';
import type { TraceId, TraceSet } from '../../trace';
import { decodeLargeTrace } from '../trace/decode/decode-traces';
import { FILES_UID, openFiles } from './open-files';
import { resolveSource } from './sources';

interface Chosen {
  readonly uid: string | undefined;
  readonly backend: Backend;
}

/** A trace of the chosen source, or else of what is at hand beside it: a file is compared with what the backend has. */
export async function traceOfEither(traceId: TraceId, chosen: Chosen, signal: AbortSignal, beside: Chosen | undefined = besideOf(chosen)): Promise<{ readonly set: TraceSet; readonly sourceUid: string | undefined }> {
  try {
    return { set: await chosen.backend.trace(traceId, { signal }), sourceUid: chosen.uid };
  } catch (error) {
    if (!beside || !(error instanceof BackendError && error.kind === 'notFound')) {
      throw error;
    }
    try {
      return { set: await beside.backend.trace(traceId, { signal }), sourceUid: beside.uid };
    } catch (failure) {
      // What the reader chose is what is told of.
      throw failure instanceof BackendError && failure.kind === 'notFound' ? error : failure;
    }
  }
}

/** The first data source beside files, opened files beside a data source. */
function besideOf({ uid }: Chosen): Chosen | undefined {
  if (uid !== FILES_UID) {
    const { backend } = openFiles.state();
    return backend && { uid: FILES_UID, backend };
  }
  const source = resolveSource(undefined);
  return source && { uid: source.uid, backend: openDataSource({ uid: source.targetUid, name: source.name, type: source.type }, source.frameQueries, decodeLargeTrace) };
}
