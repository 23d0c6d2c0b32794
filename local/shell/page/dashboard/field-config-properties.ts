/**
 * The field options that every panel understands. In Grafana they are registered by core code outside the npm
 * packages; without them field configuration and overrides would be ignored.
 */
import {
  type StandardEditorsRegistryItem, booleanOverrideProcessor, dataLinksOverrideProcessor, displayNameOverrideProcessor, type FieldConfigPropertyItem,
  type FieldOverrideContext, identityOverrideProcessor, numberOverrideProcessor, thresholdsOverrideProcessor, unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

type Process = (value: unknown, context: FieldOverrideContext, settings?: object) => unknown;

const PROCESSORS: Readonly<Record<string, unknown>> = {
  unit: unitOverrideProcessor,
  min: numberOverrideProcessor,
  max: numberOverrideProcessor,
  fieldMinMax: booleanOverrideProcessor,
  decimals: numberOverrideProcessor,
  displayName: displayNameOverrideProcessor,
  noValue: displayNameOverrideProcessor,
  description: displayNameOverrideProcessor,
  color: identityOverrideProcessor,
  thresholds: thresholdsOverrideProcessor,
  mappings: valueMappingsOverrideProcessor,
  links: dataLinksOverrideProcessor,
  actions: dataLinksOverrideProcessor,
  filterable: booleanOverrideProcessor,
};

/** Panels here are configured by their JSON: there is no options pane that would show an editor. */
const NoEditor = () => null;

/** Names under which panels ask for the editors of their options. */
const OPTION_EDITORS = [
  'actions', 'boolean', 'color', 'dashboard-uid', 'fieldColor', 'field-name', 'links', 'mappings', 'multi-select', 'number', 'radio', 'select',
  'slider', 'stats-picker', 'strings', 'text', 'thresholds', 'timezone', 'unit',
];

export function optionEditors(): StandardEditorsRegistryItem[] {
  return OPTION_EDITORS.map((id) => ({ id, name: id, editor: NoEditor }));
}

export function fieldConfigProperties(): FieldConfigPropertyItem[] {
  return Object.entries(PROCESSORS).map(([id, process]) => ({
    id,
    path: id,
    name: id,
    editor: NoEditor,
    override: NoEditor,
    process: process as Process,
    shouldApply: () => true,
    settings: {},
    ...defaultOf(id),
  }));
}

function defaultOf(id: string): { defaultValue?: unknown } {
  switch (id) {
    case 'mappings':
    case 'links':
      return { defaultValue: [] };
    case 'color':
      return { defaultValue: { mode: 'thresholds' } };
    case 'thresholds':
      return { defaultValue: { mode: 'absolute', steps: [{ value: -Infinity, color: 'green' }, { value: 80, color: 'red' }] } };
    default:
      return {};
  }
}
