/** The HTML page around the bundle. */
/**
 * Runs before the bundle: @grafana/runtime reads the theme while it loads, and a wrong background would flash.
 * The theme comes from the address, then from what was chosen before, then it is dark, Grafana's default.
 */
const BEFORE_BUNDLE = `
  window.__grafana_public_path__ = '/public/';
  const asked = new URLSearchParams(location.search).get('theme');
  if (asked === 'light' || asked === 'dark') { localStorage.setItem('veza.shell.theme', asked); }
  const theme = localStorage.getItem('veza.shell.theme') === 'light' ? 'light' : 'dark';
  window.grafanaBootData.user.theme = theme;
  window.grafanaBootData.user.lightTheme = theme === 'light';
  document.documentElement.style.colorScheme = theme;
  document.documentElement.style.background = theme === 'light' ? '#f4f5f5' : '#111217';
`;

export function indexPage(bootData: unknown): string {
  // "<" could end the script element, or open a comment in it, from inside a dashboard's title.
  const json = JSON.stringify(bootData).replace(/</g, '\\u003c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <style>body { margin: 0; overflow: hidden; }</style>
    <title>Veza Traces</title>
    <base href="/">
    <link rel="icon" type="image/svg+xml" href="/public/favicon.svg">
    <link rel="stylesheet" href="/public/build/shell.css">
    <script>window.grafanaBootData = ${json};${BEFORE_BUNDLE}</script>
  </head>
  <body>
    <div id="reactRoot"><noscript>This page needs JavaScript.</noscript></div>
    <script src="/public/build/shell.js"></script>
  </body>
</html>
`;
}
