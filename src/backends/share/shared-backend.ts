import type { Backend } from '../backend';
import { SharedAnswers } from './shared-answers';

/** The same backend, asked once by all who ask the same at about the same time. */
export function sharedBackend(backend: Backend): Backend {
  const answers = new SharedAnswers();
  const { metrics, dependencies } = backend;
  return {
    kind: backend.kind,
    search: (query, { signal } = {}) => answers.get(key('search', query), (shared) => backend.search(query, { signal: shared }), signal),
    // The panels of a dashboard show no beginnings.
    trace: (traceId, { signal } = {}) => answers.get(key('trace', traceId), (shared) => backend.trace(traceId, { signal: shared }), signal),
    sample: (query, { signal, ...options } = {}) =>
      answers.get(key('sample', [query, options.budget, options.attributes]), (shared) => backend.sample(query, { ...options, signal: shared }), signal),
    tags: (range, { signal } = {}) => answers.get(key('tags', range), (shared) => backend.tags(range, { signal: shared }), signal),
    tagValues: (query, { signal } = {}) => answers.get(key('tagValues', query), (shared) => backend.tagValues(query, { signal: shared }), signal),
    probe: (options) => backend.probe(options),
    capabilities: (options) => backend.capabilities(options),
    metrics: metrics && ((query, { signal } = {}) => answers.get(key('metrics', query), (shared) => metrics.call(backend, query, { signal: shared }), signal)),
    dependencies: dependencies && ((range, { signal } = {}) => answers.get(key('dependencies', range), (shared) => dependencies.call(backend, range, { signal: shared }), signal)),
  };
}

const key = (method: string, asked: unknown): string => `${method} ${JSON.stringify(asked)}`;
