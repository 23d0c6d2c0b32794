import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { warmDecoder } from '../../views/trace/decode/decode-traces';
import { TraceById } from './TraceById';
import { TraceFile } from './TraceFile';
import { TraceSearch } from './TraceSearch';

/** One trace where the address names one, a file where one was opened, otherwise a search for traces. */
export function TracePage() {
  const { traceId } = useParams();
  const [file, setFile] = useState<File | undefined>(undefined);
  useEffect(warmDecoder, []);
  if (traceId) {
    return <TraceById key={traceId} traceIdText={traceId} />;
  }
  return file ? <TraceFile file={file} onClose={() => setFile(undefined)} /> : <TraceSearch onOpenFile={setFile} />;
}
