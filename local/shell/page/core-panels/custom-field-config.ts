import { type FieldConfigEditorBuilder, identityOverrideProcessor, type SetFieldConfigOptionsArgs } from '@grafana/data';

export type CustomConfig = Readonly<Record<string, unknown>>;

/** Dashboards are not edited here, so no option has an editor. */
const NoEditor = () => null;

/**
 * Declares a panel's `custom` field options with their defaults, so that configuration and overrides reach the fields.
 * @param defaults by option name, `undefined` for options without a default
 */
export function customFieldConfig(defaults: CustomConfig): SetFieldConfigOptionsArgs<CustomConfig> {
  return {
    useCustomConfig: (builder: FieldConfigEditorBuilder<CustomConfig>) => {
      for (const [path, defaultValue] of Object.entries(defaults)) {
        builder.addCustomEditor({
          id: path,
          path,
          name: path,
          defaultValue,
          editor: NoEditor,
          override: NoEditor,
          process: identityOverrideProcessor,
          shouldApply: () => true,
        });
      }
    },
  };
}
