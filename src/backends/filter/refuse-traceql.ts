import { BackendError } from '../http/http-client';
import type { TraceFilter } from './trace-filter';

/** @throws BackendError where the user typed TraceQL for a backend that does not speak it. */
export function refuseTraceql(filter: TraceFilter, backend: string): void {
  if (filter.traceql?.trim()) {
    throw new BackendError('unsupported', `${backend} does not understand TraceQL: use the service, operation and duration fields`);
  }
}
