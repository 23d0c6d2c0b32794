const CHECK_INTERVAL_MS = 500;

/**
 * Calls once when the `npm start` that this process belongs to has ended. npm sends SIGTERM to its shell alone, and the shell ends
 * without passing it on: the ports would stay taken. Never calls when the process was not started by `npm start`.
 */
export function whenNpmEnds(ended: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') {
    return;
  }
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== shell) {
      clearInterval(timer);
      ended();
    }
  }, CHECK_INTERVAL_MS);
  timer.unref();
}
