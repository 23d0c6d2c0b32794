/** The formats a file or an answer can have. */
export type FormatName = 'otlp-protobuf' | 'otlp-json' | 'tempo-search' | 'jaeger-json' | 'zipkin-json' | 'grafana-frame';

/** Input that cannot be read at all: which format it was taken for, where it went wrong, and why. */
export class FormatError extends Error {
  constructor(
    readonly format: FormatName | 'unknown',
    readonly place: string,
    readonly reason: string
  ) {
    super(`${format}, ${place}: ${reason}`);
    this.name = 'FormatError';
  }
}
