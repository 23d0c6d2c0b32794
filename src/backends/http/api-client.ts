import { decodeUtf8 } from '../../trace';
import { decoded, expectSuccess } from './expect-success';
import type { HttpRequest, HttpResponse, HttpTransport } from './http-client';
import { DEFAULT_POLICY, request, type RequestPolicy } from './request';
import { Slots } from './slots';

/** Browsers open six connections to a host; some stay free for the rest of the page. */
const CONCURRENT_REQUESTS = 4;

/** GET requests to one backend: retried and ended by the policy, a bounded number at a time. */
export class ApiClient {
  private readonly slots = new Slots(CONCURRENT_REQUESTS);

  constructor(
    private readonly transport: HttpTransport,
    private readonly policy: RequestPolicy = DEFAULT_POLICY
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
}
