/** A trace as OTLP JSON in which every text tries to be something else. */
export function hostileTrace(): string {
  const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const span = (id: number, parent: number, attributes: object[]) => ({
    traceId: 'abad1deaabad1deaabad1deaabad1dea',
    spanId: id.toString(16).padStart(16, '0'),
    parentSpanId: parent === 0 ? '' : parent.toString(16).padStart(16, '0'),
    name: markup,
    kind: 1,
    startTimeUnixNano: '1795334400000000000',
    endTimeUnixNano: '1795334400100000000',
    attributes,
    events: [{ timeUnixNano: '1795334400000000001', name: 'exception', attributes: [text('exception.type', markup), text('exception.stacktrace', `at ${markup}\n`.repeat(200))] }],
    status: { code: 2, message: markup },
  });
  const attributes = [
    text('__proto__', 'polluted'), text('constructor', markup), text(markup, markup), text('link', 'javascript:alert(3)'), text('data', 'data:text/html,<script>alert(4)</script>'),
    text('runbook', 'https://example.com/runbook'), text('huge', 'x'.repeat(1_000_000)), text('json', '{"__proto__":{"a":["<b>",1]}}'),
  ];
  const resource = { attributes: [text('service.name', markup)] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: markup }, spans: [span(1, 0, attributes), span(2, 1, []), span(3, 1, [])] }] }] });
}
