/** One request to Tempo's API with everything an answer needs. */
import type { Reads } from '../database/readers';
import type { Engine } from '../engine/engine';
import type { ApiRequest, ApiResponse } from '../engine/messages';
import type { Compatibility } from './compatibility';
import type { Parameters } from './parameters';

export interface Call {
  readonly engine: Engine;
  /** Of the engine's database; ends when the client goes away. */
  readonly reads: Reads;
  /** Says that the client went away. */
  readonly signal: AbortSignal | undefined;
  readonly request: ApiRequest;
  readonly parameters: Parameters;
  readonly compatibility: Compatibility;
  /** Numbers of the tenants asked; tenants that never sent anything have none. */
  readonly tenants: readonly number[];
}

export function json(body: unknown): ApiResponse {
  return { status: 200, contentType: 'application/json', body: JSON.stringify(body) };
}
