import type { StartOptions } from './start';

/** A data source as Grafana's provisioning names it. */
export interface ProvisionedDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly url?: string;
  readonly isDefault?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>>;
}

const TYPE_NAMES = { tempo: 'Tempo', jaeger: 'Jaeger', zipkin: 'Zipkin' } as const;

/**
 * The embedded store as `tempo`, as in the reference deployment; then the backends named on the command line; and a Veza
 * Traces data source on each.
 */
export function provisionedDataSources(tempoUrl: string, backends: StartOptions['backends']): ProvisionedDataSource[] {
  const stores: ProvisionedDataSource[] = [
    { uid: 'tempo', name: 'tempo', type: 'tempo', url: tempoUrl, isDefault: true },
    ...backends.map(({ type, url }, i) => ({ uid: `${type}-${i + 1}`, name: `${TYPE_NAMES[type]} ${new URL(url).host}`, type, url })),
  ];
  return [
    ...stores,
    ...stores.map(({ uid, name }) => ({
      uid: `veza-${uid}`,
      name: `Veza Traces (${name})`,
      type: 'veza-traces-datasource',
      jsonData: { datasourceUid: uid },
    })),
  ];
}
