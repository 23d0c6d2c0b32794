import { PluginPage } from '@grafana/runtime';

export function ServiceMapPage() {
  return <PluginPage>Service map</PluginPage>;
}
