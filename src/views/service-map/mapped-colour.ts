import { MappingType, stringToJsRegex, type ValueMapping } from '@grafana/data';

/** The colour that Grafana's value mappings give a text; undefined where none of them says one. A field's display has always some. */
export function mappedColour(mappings: readonly ValueMapping[] | undefined, text: string): string | undefined {
  for (const mapping of mappings ?? []) {
    if (mapping.type === MappingType.ValueToText && Object.hasOwn(mapping.options, text)) {
      return mapping.options[text].color;
    }
    if (mapping.type === MappingType.RegexToText && stringToJsRegex(mapping.options.pattern).test(text)) {
      return mapping.options.result.color;
    }
  }
  return undefined;
}
