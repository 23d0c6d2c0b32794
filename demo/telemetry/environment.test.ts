import { applyDeploymentDefaults, isTelemetryDisabled, tracesEndpoint } from './environment';

test('fills in what the environment leaves out or empty, and nothing else', () => {
  const env = { OTEL_BSP_SCHEDULE_DELAY: '200', OTEL_TRACES_SAMPLER: ' ' };
  applyDeploymentDefaults(env);
  expect(env).toMatchObject({
    OTEL_BSP_SCHEDULE_DELAY: '200',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_PROPAGATORS: 'tracecontext,baggage',
  });
});

test('the traces’ own endpoint comes before the general one', () => {
  const general = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:4317' };
  expect(tracesEndpoint({})).toBe('http://127.0.0.1:4317');
  expect(tracesEndpoint(general)).toBe('http://a:4317');
  expect(tracesEndpoint({ ...general, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://b:4317' })).toBe('http://b:4317');
});

test.each([
  ['true', true],
  ['TRUE', true],
  ['1', false],
  ['', false],
  [undefined, false],
])('OTEL_SDK_DISABLED=%s', (value, isDisabled) => {
  expect(isTelemetryDisabled({ OTEL_SDK_DISABLED: value })).toBe(isDisabled);
});
