import { useEffect } from 'react';
import { useParams } from 'react-router-dom';
import { warmDecoder } from '../../views/trace/decode/decode-traces';
import { TraceById } from './TraceById';
import { TraceSearch } from './TraceSearch';

/** One trace where the address names one, otherwise a search for traces. */
export function TracePage() {
  const { traceId } = useParams();
  useEffect(warmDecoder, []);
  return traceId ? <TraceById key={traceId} traceIdText={traceId} /> : <TraceSearch />;
}
