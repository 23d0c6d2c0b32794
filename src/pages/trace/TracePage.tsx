import { PluginPage } from '@grafana/runtime';

export function TracePage() {
  return <PluginPage>Trace</PluginPage>;
}
