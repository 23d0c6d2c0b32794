import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { searchPath, tracePath } from '../../views/paths';
import { FILES_UID, type OpenFilesState } from '../../views/source/open-files';

/** Goes to the one trace of a file that was opened. */
export const openOneTrace = (traceId: string): void => goTo(tracePath(traceId, FILES_UID));

/** Goes to the list of the traces in opened files. */
export const openTraceList = ({ range }: OpenFilesState): void => goTo(searchPath({ source: FILES_UID, from: String(range.fromMs), to: String(range.toMs) }));

const goTo = (path: string) => locationService.push(locationUtil.stripBaseFromUrl(path));
