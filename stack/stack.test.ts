/** @jest-environment node */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface ComposeService {
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

// `<<` is how compose files share a part: YAML 1.1.
const compose = parse(text('docker-compose.yml'), { merge: true }) as { services: Record<string, ComposeService>; volumes: Record<string, unknown> };
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it.each(services)('%s is pinned, on loopback, and uses what is declared', (_name, service) => {
    expect(service.image).toMatch(/^[\w./-]+:(?!latest$)[\w.-]+$/);
    for (const port of service.ports ?? []) {
      expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    for (const volume of service.volumes ?? []) {
      const source = volume.split(':')[0];
      expect(source.startsWith('./') || source in compose.volumes).toBe(true);
    }
    const needed = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {});
    expect(needed.filter((other) => !(other in compose.services))).toEqual([]);
  });

  it('has each variable in .env.example, with the same default', () => {
    const documented = new Map([...text('.env.example').matchAll(/^#?(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
    const used = [...text('docker-compose.yml').matchAll(/\$\{(\w+):-([^}]*)\}/g)].map(([, name, value]) => [name, value] as const);
    expect(used.length).toBeGreaterThan(10);
    for (const [name, value] of used.filter(([name]) => name !== 'COLLECTOR_ALSO')) {
      expect([name, documented.get(name)]).toEqual([name, value]);
    }
  });

  it('has a second destination of the collector for each profile', () => {
    const profiles = new Set(services.flatMap(([, { profiles = [] }]) => profiles));
    const also = readdirSync(join(ROOT, 'stack/collector/also')).map((file) => file.replace('.yaml', ''));
    expect([...profiles, 'nothing'].sort()).toEqual(also.sort());
  });
});

interface ProvisionedSource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly jsonData?: { readonly datasourceUid?: string };
}

const { datasources } = parse(text('provisioning/datasources/datasources.yaml')) as { datasources: readonly ProvisionedSource[] };

describe('provisioning', () => {
  it('reads no variable that the stack does not give', () => {
    const given = compose.services.grafana.environment ?? {};
    for (const folder of ['datasources', 'dashboards', 'plugins']) {
      for (const file of readdirSync(join(ROOT, 'provisioning', folder))) {
        const named = [...text(`provisioning/${folder}/${file}`).matchAll(/^[^#]*?(?<!\$)\$\{?([A-Z][A-Z0-9_]+)/gm)].map(([, name]) => name);
        expect(named.filter((name) => !(name in given))).toEqual([]);
      }
    }
  });

  it('has one data source a uid, and a Veza Traces over each that holds traces', () => {
    const uids = datasources.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    const withTraces = datasources.filter(({ type }) => ['tempo', 'jaeger', 'zipkin'].includes(type)).map(({ uid }) => uid);
    const covered = datasources.filter(({ type }) => type === 'veza-traces-datasource').map(({ jsonData }) => jsonData?.datasourceUid);
    expect(covered.sort()).toEqual(withTraces.sort());
  });

  it('calls the data source tempo by that name and uid', () => {
    expect(datasources).toContainEqual(expect.objectContaining({ name: 'tempo', uid: 'tempo', type: 'tempo' }));
  });
});

interface DashboardPanel {
  readonly id: number;
  readonly title?: string;
  readonly datasource?: { readonly uid?: string };
  readonly panels?: readonly DashboardPanel[];
}

describe.each(readdirSync(join(ROOT, 'dashboards')))('dashboards/%s', (file) => {
  const dashboard = JSON.parse(text(`dashboards/${file}`)) as { uid: string; title: string; panels: readonly DashboardPanel[] };
  const panels = dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);

  it('has a stable uid and panels of different ids', () => {
    expect(dashboard.uid).toMatch(/^veza-/);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('reads data sources that are provisioned, or chosen by a variable', () => {
    const known = new Set([...datasources.map(({ uid }) => uid), '-- Grafana --', '-- Mixed --', '-- Dashboard --', 'grafana']);
    const unknown = panels.filter(({ datasource }) => datasource?.uid && !datasource.uid.startsWith('$') && !known.has(datasource.uid));
    expect(unknown.map(({ id, title }) => [id, title])).toEqual([]);
  });
});
