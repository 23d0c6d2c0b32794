import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { parseAttributeColumn, parseColourBy, type TraceDisplay } from '../../views/trace/trace-display';

/** Options of the trace panel; dashboards made before an option was there lack it. */
export interface TracePanelOptions {
  /** Shown where the panel's query gives no trace; may hold variables. */
  readonly traceId?: string;
  /** Where that trace is asked for; the query's data source unless given. */
  readonly sourceUid?: string;
  readonly showHeader?: boolean;
  readonly showToolbar?: boolean;
  readonly showMinimap?: boolean;
  readonly showDetails?: boolean;
  readonly showCriticalPath?: boolean;
  /** "service", "operation" or an attribute such as `span.http.route`. */
  readonly colourBy?: string;
  /** Attributes, separated by commas. */
  readonly columns?: string;
}

export function addTraceOptions(builder: PanelOptionsEditorBuilder<TracePanelOptions>): void {
  builder
    .addTextInput({ path: 'traceId', name: 'Trace id', description: 'For a panel without a trace query. May be a variable such as ${traceId}.', category: ['Trace'], defaultValue: '' })
    .addTextInput({ path: 'sourceUid', name: 'Data source uid', description: 'Where the trace id is looked up, may be a variable such as ${source}. The panel’s own data source where empty.', category: ['Trace'], defaultValue: '' })
    .addBooleanSwitch({ path: 'showHeader', name: 'Header', description: 'Name, figures and warnings of the trace', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showToolbar', name: 'Toolbar', description: 'Views, filter and colours', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showMinimap', name: 'Minimap', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showDetails', name: 'Span details', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showCriticalPath', name: 'Critical path', category: ['Show'], defaultValue: false })
    .addTextInput({ path: 'colourBy', name: 'Colour by', description: 'service, operation, or an attribute such as span.http.route', category: ['Show'], defaultValue: 'service' })
    .addTextInput({ path: 'columns', name: 'Columns', description: 'Attributes beside the names, separated by commas: span.http.route, resource.k8s.pod.name', category: ['Show'], defaultValue: '' });
}

export function displayOf({ showHeader, showToolbar, showMinimap, showDetails, showCriticalPath, colourBy = '', columns = '' }: TracePanelOptions): TraceDisplay {
  return {
    hasHeader: showHeader ?? true,
    hasToolbar: showToolbar ?? true,
    hasMinimap: showMinimap ?? true,
    hasDetails: showDetails ?? true,
    hasCriticalPath: showCriticalPath ?? false,
    colourBy: parseColourBy(colourBy),
    columns: columns.split(',').flatMap((text) => parseAttributeColumn(text) ?? []),
  };
}
