import { decodeUtf8, type TraceSet } from '../../trace';
import type { TraceOptions } from '../backend';
import { decoded, expectSuccess, refuseDamaged, unreadable } from './expect-success';
import { BackendError, type HttpRequest, type HttpResponse, type HttpTransport } from './http-client';
import { DEFAULT_POLICY, request, type RequestPolicy } from './request';
import { Slots } from './slots';

/** Browsers open six connections to a host; some stay free for the rest of the page. */
const CONCURRENT_REQUESTS = 4;

/** Smaller answers are decoded at once: handing them over takes longer. */
const LARGE_BYTES = 500_000;

/** Decodes traces of any format elsewhere than on the thread that asks, such as in a worker. */
export type DecodeLarge = (bytes: Uint8Array, options: TraceOptions) => Promise<TraceSet>;

/** GET requests to one backend: retried and ended by the policy, a bounded number at a time. */
export class ApiClient {
  private readonly slots = new Slots(CONCURRENT_REQUESTS);

  constructor(
    private readonly transport: HttpTransport,
    private readonly policy: RequestPolicy = DEFAULT_POLICY,
    private readonly decodeLarge?: DecodeLarge
  ) {}

  /** The answer, whatever its status. @throws BackendError where there is none, see request.ts */
  send(what: HttpRequest): Promise<HttpResponse> {
    return this.slots.run(() => request(this.transport, what, this.policy));
  }

  /** @throws BackendError, also of kind `http` for a status that is not 2xx */
  async get(what: HttpRequest): Promise<HttpResponse> {
    return expectSuccess(await this.send(what), what.path);
  }

  /** @throws BackendError, also of kind `format` for what is no JSON */
  async json(what: HttpRequest): Promise<unknown> {
    const { body } = await this.get(what);
    return decoded(what.path, (): unknown => JSON.parse(decodeUtf8(body)));
  }

  /** The traces in an answer; its first spans were shown when they came in. @throws BackendError of kind `format` where they are damaged, `aborted` */
  async traces({ path, signal }: HttpRequest, { body }: HttpResponse, decode: (bytes: Uint8Array) => TraceSet, { onProgress }: TraceOptions = {}): Promise<TraceSet> {
    const set = this.decodeLarge && body.length >= LARGE_BYTES ? await this.elsewhere(this.decodeLarge, path, body, { signal, onProgress }) : decoded(path, () => decode(body));
    refuseDamaged(set, path);
    return set;
  }

  private async elsewhere(decodeLarge: DecodeLarge, path: string, body: Uint8Array, options: TraceOptions): Promise<TraceSet> {
    try {
      return await decodeLarge(body, options);
    } catch (cause) {
      throw options.signal?.aborted ? new BackendError('aborted', `${path} was cancelled`, { path }) : unreadable(path, cause);
    }
  }
}
