import * as grpc from '@grpc/grpc-js';
import { readExportRequest, type ReceivedSpan } from './otlp-spans';

const EXPORT_METHOD = {
  Export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
} as const;

/** A real OTLP/gRPC receiver on a free port, which keeps everything it is sent. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** The requests as they came over the wire. */
  readonly requests: Buffer[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly url: string,
    private readonly server: grpc.Server
  ) {}

  static async start(): Promise<OtlpReceiver> {
    const server = new grpc.Server();
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, boundPort) => (error ? reject(error) : resolve(boundPort)))
    );
    const receiver = new OtlpReceiver(`http://127.0.0.1:${port}`, server);
    server.addService(EXPORT_METHOD, {
      Export: (call: grpc.ServerUnaryCall<Buffer, Buffer>, reply: grpc.sendUnaryData<Buffer>) => {
        receiver.receive(call.request);
        reply(null, Buffer.alloc(0));
      },
    });
    return receiver;
  }

  traceOf(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  /** Resolves when `isThere` holds for what has been received; the test's own time limit bounds the waiting. */
  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private receive(request: Buffer): void {
    this.requests.push(request);
    this.spans.push(...readExportRequest(request));
    this.waiting.forEach((wake) => wake());
    this.waiting.clear();
  }
}
