import { standardTransformers, type TransformerRegistryItem } from '@grafana/data';
import { config } from '@grafana/runtime';

/** The transformations that dashboards name, registered as Grafana's core does. */
export function transformers(): TransformerRegistryItem[] {
  // Grafana 13 asks a function that promises the transformation, Grafana 12 takes it as it is.
  const isPromised = Number.parseInt(config.buildInfo.version, 10) >= 13;
  // Some are listed under a former name too, with the same id.
  const byId = new Map(Object.values(standardTransformers).map((info) => [info.id, info]));
  return [...byId.values()].map((info) => {
    const transformation: unknown = isPromised ? () => Promise.resolve(info) : info;
    const { id, name } = info;
    return { id, name, transformation, editor: () => null, imageDark: '', imageLight: '' } as TransformerRegistryItem;
  });
}
