/** The data directory cannot be used; `message` is one line that says why and what to do. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

/** A statement was stopped because it took too long. */
export class QueryTimeError extends Error {
  override readonly name = 'QueryTimeError';
}

/** Whoever asked does not wait any longer. */
export class QueryCancelledError extends Error {
  override readonly name = 'QueryCancelledError';
}
