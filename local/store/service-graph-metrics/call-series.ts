/** Counts of calls between two services: the series of `traces_service_graph_*`. */

/** `''` for a call over HTTP, RPC and the like. */
export type ConnectionType = '' | 'messaging_system' | 'database' | 'virtual_node';

export interface CallLabels {
  readonly tenant: number;
  readonly client: string;
  readonly server: string;
  readonly connectionType: ConnectionType;
}

export interface CompletedCall extends CallLabels {
  readonly isFailed: boolean;
  /** Undefined where that side sent no span. */
  readonly clientSeconds: number | undefined;
  readonly serverSeconds: number | undefined;
}

/** Upper bounds of the buckets, in seconds: those of stack/collector's servicegraph connector. */
export const BUCKET_SECONDS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class DurationHistogram {
  /** One count a bucket, not cumulative; the last is of everything above. */
  readonly counts = new Float64Array(BUCKET_SECONDS.length + 1);
  sumSeconds = 0;
  count = 0;

  add(seconds: number): void {
    let bucket = 0;
    while (bucket < BUCKET_SECONDS.length && seconds > BUCKET_SECONDS[bucket]) {
      bucket++;
    }
    this.counts[bucket]++;
    this.sumSeconds += seconds;
    this.count++;
  }
}

export interface CallSeries {
  readonly labels: CallLabels;
  requests: number;
  failed: number;
  readonly client: DurationHistogram;
  readonly server: DurationHistogram;
}

export class CallSeriesSet {
  private readonly maxSeries: number;
  private readonly list: CallSeries[] = [];
  private readonly byClientAndServer = new Map<string, Map<string, CallSeries[]>>();
  /** Calls of series beyond the limit. */
  droppedCalls = 0;

  constructor(maxSeries: number) {
    this.maxSeries = maxSeries;
  }

  add(call: CompletedCall): void {
    const series = this.seriesOf(call);
    if (!series) {
      this.droppedCalls++;
      return;
    }
    series.requests++;
    series.failed += call.isFailed ? 1 : 0;
    if (call.clientSeconds !== undefined) {
      series.client.add(call.clientSeconds);
    }
    if (call.serverSeconds !== undefined) {
      series.server.add(call.serverSeconds);
    }
  }

  get all(): readonly CallSeries[] {
    return this.list;
  }

  /** Undefined where one more would be too many. */
  private seriesOf({ tenant, client, server, connectionType }: CompletedCall): CallSeries | undefined {
    const between = this.byClientAndServer.get(client)?.get(server);
    const known = between?.find(({ labels }) => labels.tenant === tenant && labels.connectionType === connectionType);
    if (known || this.list.length >= this.maxSeries) {
      return known;
    }
    const series: CallSeries = { labels: { tenant, client, server, connectionType }, requests: 0, failed: 0, client: new DurationHistogram(), server: new DurationHistogram() };
    const ofClient = this.byClientAndServer.get(client) ?? new Map<string, CallSeries[]>();
    this.byClientAndServer.set(client, ofClient.set(server, [...(between ?? []), series]));
    this.list.push(series);
    return series;
  }
}
