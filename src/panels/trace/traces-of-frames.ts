import type { DataFrame } from '@grafana/data';
import { mergeSets } from '../../backends/sets/merge-sets';
import { decodeTraceFrame } from '../../formats';
import { TraceSet, type TraceColumns } from '../../trace';

/** The traces of all frames, of our data source or of any other. */
export async function tracesOfFrames(frames: readonly DataFrame[]): Promise<TraceSet> {
  return mergeSets(frames.map(tracesOfFrame));
}

/** Exact where our data source made the frame (see datasource/trace-frame.ts). */
function tracesOfFrame(frame: DataFrame): TraceSet {
  const shared: unknown = frame.meta?.custom?.trace;
  return isSharedTrace(shared) ? new TraceSet(shared.columns) : decodeTraceFrame(frame);
}

/** Of the same version of the plugin, as the data source is part of it. */
const isSharedTrace = (shared: unknown): shared is { readonly columns: TraceColumns } => shared instanceof Object && 'columns' in shared;
