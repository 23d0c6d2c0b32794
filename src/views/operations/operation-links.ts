/** Addresses that figures of operations lead to. */
export interface OperationLinks {
  readonly trace: (traceId: string, spanId: string) => string;
  readonly search: (service: string | undefined, operation: string) => string;
}
