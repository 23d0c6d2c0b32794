/* A nested panel that shows what it was given. */
define(['react', '@grafana/data', 'module'], (React, { PanelPlugin }, module) => {
  const Panel = ({ data, options, width, height, replaceVariables, timeRange }) =>
    React.createElement(
      'pre',
      { 'data-testid': 'fixture-panel', style: { margin: 0, height, overflow: 'auto' } },
      [
        `module ${new URL(module.uri).pathname}`,
        `${Math.round(width)} × ${Math.round(height)} px, ${data.state}, ${data.series.length} frames`,
        `greeting: ${replaceVariables(options.greeting)}`,
        `range: ${timeRange.raw.from} to ${timeRange.raw.to}`,
      ].join('\n')
    );
  const plugin = new PanelPlugin(Panel).setPanelOptions((builder) =>
    builder.addTextInput({ path: 'greeting', name: 'Greeting', defaultValue: 'none' })
  );
  return { plugin };
});
