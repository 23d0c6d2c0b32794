import { standardEditorsRegistry, type PanelOptionsEditorBuilder, type SelectFieldConfigSettings, type StandardEditorProps, type ThresholdsConfig } from '@grafana/data';
import { Button } from '@grafana/ui';
import { DEFAULT_OPTIONS, type ServiceMapOptions } from './options';

const LABELS = [
  { value: 'rate', label: 'Rate' },
  { value: 'errors', label: 'Errors' },
  { value: 'p50', label: 'p50' },
  { value: 'p95', label: 'p95' },
  { value: 'p99', label: 'p99' },
  { value: 'share', label: 'Share of end-to-end latency' },
];

/** The options pane of the panel. */
export function buildOptions(builder: PanelOptionsEditorBuilder<ServiceMapOptions>): void {
  const { layout, edgeLabel, edgeColouring, edgeWeighting, errorThresholds, latencyThresholds } = DEFAULT_OPTIONS;
  builder
    .addRadio({
      path: 'layout', name: 'Layout', defaultValue: layout,
      settings: { options: [{ value: 'layered', label: 'Left to right' }, { value: 'force', label: 'Attraction' }, { value: 'grid', label: 'Grid' }] },
    })
    .addCustomEditor({
      id: 'positions', path: 'positions', name: 'Saved positions', description: 'Services that are dragged while this panel is edited stay there for everybody; drags of readers are kept in their browser.',
      defaultValue: DEFAULT_OPTIONS.positions, editor: PositionsEditor,
    })
    // Grafana types the choices and the list of the chosen ones alike.
    .addMultiSelect<unknown, SelectFieldConfigSettings<unknown>>({
      path: 'edgeLabel', name: 'On connections', category: ['Connections'], defaultValue: edgeLabel, settings: { options: LABELS },
    })
    .addSelect({
      path: 'edgeColouring', name: 'Colour by', category: ['Connections'], defaultValue: edgeColouring,
      settings: {
        options: [
          { value: 'errors', label: 'Errors' }, { value: 'latency', label: 'p95' }, { value: 'none', label: 'One colour' },
          { value: 'baseline', label: 'p95 against the earlier window', description: 'Where the query compares with one' },
          { value: 'change', label: 'Change since the earlier window', description: 'Where the query compares with one' },
        ],
      },
    })
    .addRadio({
      path: 'edgeWeighting', name: 'Width by', category: ['Connections'], defaultValue: edgeWeighting,
      settings: { options: [{ value: 'calls', label: 'Calls' }, { value: 'share', label: 'Share of latency' }] },
    })
    .addCustomEditor({
      id: 'errorThresholds', path: 'errorThresholds', name: 'Errors, in percent of calls', category: ['Thresholds'],
      description: 'Colours rings and connections; the base step colours nothing. Read as absolute in either mode.', defaultValue: errorThresholds, editor: ThresholdsEditor,
    })
    .addCustomEditor({
      id: 'latencyThresholds', path: 'latencyThresholds', name: 'p95, in milliseconds', category: ['Thresholds'],
      description: 'Colours connections that are coloured by p95. Read as absolute in either mode.', defaultValue: latencyThresholds, editor: ThresholdsEditor,
    })
    .addTextInput({ path: 'find', name: 'Find', category: ['Filter'], description: 'Brought out until a reader types something else.', defaultValue: '', settings: { placeholder: 'errors > 1% and p95 > 500ms' } })
    .addTextInput({ path: 'hide', name: 'Hide', category: ['Filter'], description: 'Left out until a reader types something else.', defaultValue: '', settings: { placeholder: 'rate < 0.1' } })
    .addTextInput({ path: 'groupField', name: 'Group by field', category: ['Groups'], description: 'Field of the nodes frame. Empty: as the query groups them.', defaultValue: '' })
    .addBooleanSwitch({ path: 'collapseGroups', name: 'Groups as one service each', category: ['Groups'], defaultValue: false })
    .addBooleanSwitch({ path: 'showControls', name: 'Filters and menus', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showNotes', name: 'What the figures rest on', category: ['Show'], defaultValue: true })
    .addBooleanSwitch({ path: 'showLegend', name: 'Legend, open at first', category: ['Show'], defaultValue: false })
    .addBooleanSwitch({ path: 'showMinimap', name: 'Minimap', category: ['Show'], defaultValue: true });
}

/** Grafana's own editor of thresholds, once for errors and once for durations. */
function ThresholdsEditor(props: StandardEditorProps<ThresholdsConfig>) {
  const { editor: Editor } = standardEditorsRegistry.get('thresholds');
  return <Editor {...props} />;
}

function PositionsEditor({ value, onChange }: StandardEditorProps<ServiceMapOptions['positions']>) {
  const count = Object.keys(value ?? {}).length;
  return (
    <Button size="sm" variant="secondary" icon="history" disabled={count === 0} onClick={() => onChange({})}>
      {count === 0 ? 'None' : `Forget ${count} saved ${count === 1 ? 'position' : 'positions'}`}
    </Button>
  );
}
