import type { Capabilities, RequestOptions } from './backend';

/** Asks once and remembers the answer; a failure is not remembered. */
export class CapabilityMemory {
  private known: Capabilities | undefined;

  constructor(private readonly ask: (options: RequestOptions) => Promise<Capabilities>) {}

  async get(options: RequestOptions): Promise<Capabilities> {
    return (this.known ??= await this.ask(options));
  }
}
