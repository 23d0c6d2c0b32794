/** What a caller says when starting the shell. */

/** Data source types the shell can name: the backends that Grafana knows, and our nested plugin. */
export type ShellDataSourceType = 'tempo' | 'jaeger' | 'zipkin' | 'prometheus' | 'veza-traces-datasource';

export interface ShellDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: ShellDataSourceType | (string & {});
  /** Base URL of the backend, `undefined` for a plugin that reaches its backend through another data source. */
  readonly url?: string;
  readonly isDefault?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>>;
}

export interface ShellOptions {
  /** Address to bind, `127.0.0.1` unless someone asked to be reachable from outside. */
  readonly host: string;
  /** Port to listen on; 0 picks a free one. */
  readonly port: number;
  /** The built plugin: a folder with `plugin.json` and `module.js`, nested plugins below it. */
  readonly pluginDir: string;
  /** Folder of dashboard JSON files. */
  readonly dashboardsDir: string;
  readonly dataSources: readonly ShellDataSource[];
  /** Path that `/` shows; without it the app's default page. */
  readonly home?: string;
  /** The built page (`build/shell` unless another build, such as the one on Grafana 13, is to be served). */
  readonly pageDir?: string;
}

export interface RunningShell {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}
