import { useParams } from 'react-router-dom';
import { TraceSearch } from './TraceSearch';
import { TraceById } from './TraceById';

/** One trace where the address names one, otherwise a search for traces. */
export function TracePage() {
  const { traceId } = useParams();
  return traceId ? <TraceById key={traceId} traceIdText={traceId} /> : <TraceSearch />;
}
