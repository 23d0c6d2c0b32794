/**
 * Turns clicks on links within the site into navigation without a reload, as Grafana does: data links, markdown
 * and plugins write plain `<a href>`.
 */
import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';

export function interceptLinkClicks(): void {
  document.addEventListener('click', (event) => {
    const anchor = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!anchor || !isPlainClick || event.defaultPrevented) {
      return;
    }
    const href = anchor.getAttribute('href');
    if (!href || href.startsWith('#') || anchor.hasAttribute('download') || (anchor.target && anchor.target !== '_self')) {
      return;
    }
    const url = new URL(anchor.href);
    if (url.origin !== location.origin || /^\/(api|public)\//.test(url.pathname)) {
      return;
    }
    event.preventDefault();
    locationService.push(locationUtil.stripBaseFromUrl(url.pathname + url.search + url.hash));
  });
}
