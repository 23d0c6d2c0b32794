// Node 20 does not give a worker thread the main thread's TypeScript loader, so the thread starts here and loads it itself.
import { register } from 'tsx/esm/api';

register();
await import('./engine-worker.ts');
