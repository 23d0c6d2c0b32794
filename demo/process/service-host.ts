import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendRequest } from '../http/client';
import { createServer } from '../http/server';
import { createPeers } from '../peers/peers';
import { consume, createPublisher, type QueueMessage } from '../peers/queue';
import { Random } from '../random';
import type { ServiceName } from '../services/names';
import { type CreateService, type Service, type ServiceContext, UpstreamError } from '../services/service';
import type { FromService, ServiceSettings, ServiceUrls } from './messages';

/** Gives one service its server, its queue and its peers: listen → start → stop. */
export class ServiceHost {
  private service: Service = {};
  private server: Server | undefined;
  private urls: ServiceUrls = {};
  private stopRunning: (() => void) | undefined;
  private readonly deliveries = new Set<Promise<void>>();

  constructor(
    private readonly settings: ServiceSettings,
    private readonly tell: (message: FromService) => void
  ) {}

  /** Makes the service and opens its port, if it serves anything. Rejects where the port cannot be had. */
  async listen(createService: CreateService): Promise<void> {
    this.service = createService(this.createContext());
    const { routes } = this.service;
    const url = routes && (await this.open((this.server = createServer(routes))));
    this.tell({ kind: 'listening', url });
  }

  /** All services listen now, at these URLs. */
  start(urls: ServiceUrls): void {
    this.urls = urls;
    this.stopRunning = this.service.run?.();
    this.tell({ kind: 'serving' });
  }

  deliver(message: QueueMessage): void {
    const handle = this.service.consumers?.[message.topic];
    if (!handle) {
      return;
    }
    const delivery = consume(message, handle).catch((error: unknown) => {
      this.tell({ kind: 'log', line: `${message.topic} could not be handled: ${String(error)}` }); // and its span says why
    });
    this.deliveries.add(delivery);
    void delivery.finally(() => this.deliveries.delete(delivery));
  }

  /** Takes nothing new and waits for what is under way, `limitMs` at most. */
  async stop(limitMs: number): Promise<void> {
    this.stopRunning?.();
    const closed = new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
    this.server?.closeIdleConnections();
    await Promise.race([Promise.all([closed, ...this.deliveries]), sleep(limitMs)]);
  }

  private open(server: Server): Promise<string> {
    const { host, port } = this.settings;
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(explainListenError(error, host, port))));
      server.listen(port, host, () => {
        resolve(urlOf(server.address() as AddressInfo));
      });
    });
  }

  private createContext(): ServiceContext {
    const { service, seed, ratePerS } = this.settings;
    const random = new Random(seed, service);
    const urlOf = (name: ServiceName): string => {
      const url = this.urls[name];
      if (!url) {
        throw new Error(`expected a URL of ${name}, known are ${Object.keys(this.urls).join(', ') || 'none'}`);
      }
      return url;
    };
    return {
      peers: createPeers(random),
      random,
      seed,
      ratePerS,
      urlOf,
      publish: createPublisher(random, (message) => this.tell({ kind: 'published', message })),
      call: async (name, method, path, body) => {
        const response = await sendRequest({ method, url: new URL(path, urlOf(name)), hostName: name, body });
        if (response.status >= 400) {
          throw new UpstreamError(name, response.status);
        }
        return response;
      },
    };
  }
}

/** Where others reach a server; one that listens on all addresses is reached on loopback as well. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (family === 'IPv6') {
    return `http://[${address === '::' ? '::1' : address}]:${port}`;
  }
  return `http://${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}`;
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): string {
  return error.code === 'EADDRINUSE' ? `port ${port} on ${host} is in use; choose another with --port` : `cannot listen on ${host}:${port} (${error.code ?? error.message}); see --host and --port`;
}
