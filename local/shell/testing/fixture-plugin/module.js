/* An app as a bundler would write it: an AMD module whose dependencies the host shares. */
define(['react', '@grafana/data', '@grafana/runtime', '@grafana/ui', 'react-router'], (React, { AppPlugin }, { PluginPage }, { Button }, { useLocation }) => {
  const Root = ({ basename, meta }) => {
    const { pathname } = useLocation();
    const [count, setCount] = React.useState(0);
    return React.createElement(
      PluginPage,
      { subTitle: `${meta.name} ${meta.info.version} below ${basename}` },
      React.createElement('p', { 'data-testid': 'fixture-path' }, pathname),
      React.createElement(Button, { onClick: () => setCount(count + 1) }, `Pressed ${count}`)
    );
  };
  return { plugin: new AppPlugin().setRootPage(Root) };
});
