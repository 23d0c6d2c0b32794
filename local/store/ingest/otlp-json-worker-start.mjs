// As engine/engine-worker-start.mjs: the thread loads the TypeScript loader itself.
import { register } from 'tsx/esm/api';

register();
await import('./otlp-json-worker.ts');
