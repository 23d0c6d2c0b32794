/** The shell's server: a Grafana-shaped host for one plugin, without Grafana. */
import { existsSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningShell, ShellOptions } from './options';
import { HttpError, sendError } from './responses';
import { shellRoutes } from './routes';
import { dispatch } from './routing';

export type { RunningShell, ShellDataSource, ShellOptions } from './options';

const DEFAULT_PAGE_DIR = fileURLToPath(new URL('../../../build/shell', import.meta.url));
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Starts the shell and resolves when it accepts connections.
 * @throws Error naming what is missing (the built page, the built plugin) or, for a port in use, the port and `--port`
 */
export async function startShell(options: ShellOptions): Promise<RunningShell> {
  const pageDir = options.pageDir ?? DEFAULT_PAGE_DIR;
  requireFile(path.join(pageDir, 'build/shell.js'), 'The page of the shell is not built');
  requireFile(path.join(options.pluginDir, 'plugin.json'), 'The plugin is not built');
  const routes = shellRoutes({ ...options, pageDir });

  const server = http.createServer((request, response) => {
    Promise.resolve()
      .then(() => requireOwnOrigin(request))
      .then(() => dispatch(routes, request, response))
      .catch((error: unknown) => sendError(response, error));
  });
  await listen(server, options.host, options.port);

  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** As Grafana's CSRF check: another site's page must not change anything here in the visitor's name. */
function requireOwnOrigin(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  if (SAFE_METHODS.has(request.method ?? '') || !origin) {
    return;
  }
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new HttpError(403, 'origin not allowed');
  }
}

function listen(server: http.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is in use: choose another with --port`, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
}

function requireFile(file: string, problem: string): void {
  if (!existsSync(file)) {
    throw new Error(`${problem}: ${file} does not exist`);
  }
}
