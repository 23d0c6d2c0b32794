/**
 * The process of one service. Telemetry starts first: what it patches must not have been used before. The process lives
 * as long as its supervisor: a closed IPC channel means stop, so that not even a killed supervisor leaves it behind.
 */
import { startTelemetry } from '../telemetry/telemetry';
import { SERVICES } from '../services/catalogue';
import { NAMESPACE } from '../services/names';
import type { FromService, ServiceSettings, ToService } from './messages';
import { ServiceHost } from './service-host';

/** Together less than the supervisor's patience with one process. */
const REQUESTS_END_WITHIN_MS = 700;
const SPANS_FLUSH_WITHIN_MS = 2_500;

const settings = JSON.parse(process.argv[2]) as ServiceSettings;
const { version, load } = SERVICES[settings.service];

const telemetry = startTelemetry({ name: settings.service, version, namespace: NAMESPACE }, (line) => tell({ kind: 'log', line }));
const host = new ServiceHost(settings, tell);
let isStopping = false;

process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the supervisor says when and in which order to stop
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.on('message', (message: ToService) => {
  switch (message.kind) {
    case 'start':
      host.start(message.urls);
      return;
    case 'deliver':
      host.deliver(message.message);
      return;
    case 'stop':
      stop();
  }
});

void load()
  .then(({ createService }) => host.listen(createService))
  .catch((error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }));

function stop(): void {
  if (isStopping) {
    return;
  }
  isStopping = true;
  void host
    .stop(REQUESTS_END_WITHIN_MS)
    .then(() => {
      tell({ kind: 'quiet' });
      return telemetry.shutdown(SPANS_FLUSH_WITHIN_MS);
    })
    .finally(() => process.exit(0));
}

function tell(message: FromService): void {
  if (process.connected) {
    process.send?.(message);
  }
}
