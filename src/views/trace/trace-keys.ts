/** The keys of the trace view; they work while the spans have the focus. */
export type TraceCommand =
  | 'down' | 'up' | 'pageDown' | 'pageUp' | 'first' | 'last' | 'closeOrParent' | 'openOrChild' | 'leave'
  | 'find' | 'nextFound' | 'previousFound' | 'nextError' | 'previousError' | 'criticalPath'
  | 'collapseAll' | 'expandAll' | 'levelLess' | 'levelMore' | 'collapseSubtree' | 'expandSubtree' | 'collapseService' | 'foldRepeats' | 'compressGaps'
  | 'nextCritical' | 'previousCritical' | 'zoomIn' | 'zoomOut' | 'panLeft' | 'panRight' | 'zoomToSpan' | 'showAll' | 'help';

interface Binding {
  readonly keys: readonly string[];
  readonly command: TraceCommand;
  readonly what: string;
}

export const BINDINGS: readonly Binding[] = [
  { keys: ['ArrowDown', 'j'], command: 'down', what: 'Next span' },
  { keys: ['ArrowUp', 'k'], command: 'up', what: 'Previous span' },
  { keys: ['PageDown'], command: 'pageDown', what: 'A page down' },
  { keys: ['PageUp'], command: 'pageUp', what: 'A page up' },
  { keys: ['Home'], command: 'first', what: 'First span' },
  { keys: ['End'], command: 'last', what: 'Last span' },
  { keys: ['ArrowLeft'], command: 'closeOrParent', what: 'Collapse, or go to the parent' },
  { keys: ['ArrowRight'], command: 'openOrChild', what: 'Expand, or go to the first child' },
  { keys: ['['], command: 'collapseAll', what: 'Collapse all' },
  { keys: [']'], command: 'expandAll', what: 'Expand all' },
  { keys: ['{'], command: 'levelLess', what: 'Show one level less' },
  { keys: ['}'], command: 'levelMore', what: 'Show one level more' },
  { keys: ['x'], command: 'collapseSubtree', what: 'Collapse everything below' },
  { keys: ['X', '*'], command: 'expandSubtree', what: 'Expand everything below' },
  { keys: ['s'], command: 'collapseService', what: 'Collapse or expand the service' },
  { keys: ['f'], command: 'foldRepeats', what: 'Fold repeated calls' },
  { keys: ['/'], command: 'find', what: 'Find spans' },
  { keys: ['n'], command: 'nextFound', what: 'Next match' },
  { keys: ['N'], command: 'previousFound', what: 'Previous match' },
  { keys: ['e'], command: 'nextError', what: 'Next error' },
  { keys: ['E'], command: 'previousError', what: 'Previous error' },
  { keys: ['p'], command: 'nextCritical', what: 'Next span on the critical path' },
  { keys: ['P'], command: 'previousCritical', what: 'Previous span on the critical path' },
  { keys: ['c'], command: 'criticalPath', what: 'Critical path: show, only it, hide' },
  { keys: ['+', '='], command: 'zoomIn', what: 'Zoom in' },
  { keys: ['-'], command: 'zoomOut', what: 'Zoom out' },
  { keys: ['a', '<'], command: 'panLeft', what: 'Earlier' },
  { keys: ['d', '>'], command: 'panRight', what: 'Later' },
  { keys: ['z'], command: 'zoomToSpan', what: 'Zoom to the selected span' },
  { keys: ['g'], command: 'compressGaps', what: 'Shorten idle gaps' },
  { keys: ['0'], command: 'showAll', what: 'Show the whole trace' },
  { keys: ['?'], command: 'help', what: 'These keys' },
  { keys: ['Escape'], command: 'leave', what: 'Close the details' },
];

const COMMANDS = new Map(BINDINGS.flatMap(({ keys, command }) => keys.map((key) => [key, command] as const)));

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key asks for; undefined leaves it to the browser. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Pressed): TraceCommand | undefined {
  return ctrlKey || metaKey || altKey ? undefined : COMMANDS.get(key);
}
