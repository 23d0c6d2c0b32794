/** A failure that a handler answers with this HTTP status; `type` is a stable word for clients and for `error.type`. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string
  ) {
    super(message);
    this.name = type;
  }
}
