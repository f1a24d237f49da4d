/* The two ways a request can fail: the desk said no, or nobody answered. */

/** Refusals that pass by themselves; everything else needs another request. */
const PASSING_CODES = new Set(["too_often", "engine_down", "shop_down", "busy", "error", "not_signed_in"]);

/** The desk answered `{ok: false, error}`. */
export class Refused extends Error {
  constructor({ code = "error", message = "", details = {} } = {}) {
    super(message || code);
    this.name = "Refused";
    this.code = code;
    this.details = details ?? {};
  }

  get isPassing() {
    return PASSING_CODES.has(this.code);
  }

  /** Milliseconds the desk asked us to wait, 0 when it named none. */
  get retryAfterMs() {
    return Number(this.details.retry_after_s ?? 0) * 1000;
  }
}

/** The line was up, but no answer came in time: it may or may not have been stored. */
export class NoAnswer extends Error {
  constructor() {
    super("no answer in time");
    this.name = "NoAnswer";
  }
}

/** The line is down; nothing was sent. */
export class NotConnected extends Error {
  constructor() {
    super("not connected");
    this.name = "NotConnected";
  }
}
