/*
 * Who this browser is to the desk: a visitor with a token, or a signed-in customer with the shop's
 * JWT on top. Keeps the token across reloads and renews the sign-in before it runs out.
 */
import { NoAnswer, Refused } from "../shared/errors.js";

/** Renew this long before the JWT ends, so that nothing is ever sent with a dead one. */
const RENEW_AHEAD_MS = 30_000;

export class Session {
  info = null;
  subject = undefined; // whose session is open, by the shop's number; undefined for a visitor
  #jwt = null;
  #timer = null;
  #lastOpen = Promise.resolve();

  /** `renewToken()` asks the shop's page; `onRenewed()` runs after a renewal in the background. */
  constructor({ key, storage, renewToken, onRenewed = () => {}, post = postJson, origin = "" }) {
    Object.assign(this, { key, storage, renewToken, onRenewed, post, origin });
    this.tokenKey = `baton.session.${key}`;
    this.context = null;
    this.lang = "";
  }

  get token() {
    return this.info?.visitor_token ?? this.#stored()?.token ?? null;
  }

  get isSignedIn() {
    return this.#jwt !== null;
  }

  /**
   * Opens or renews the session; rejects with `Refused` or `NoAnswer`. One at a time: an answer for
   * the visitor must not come after the one for the customer they have become.
   */
  open() {
    const opened = this.#lastOpen.then(() => this.#open());
    this.#lastOpen = opened.catch(() => {});
    return opened;
  }

  async #open() {
    const jwt = this.#jwt; // another sign-in may come before the answer
    try {
      return this.#opened(await this.post("/api/widget/session", this.#request(jwt)), jwt);
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== "not_signed_in") throw error;
      return this.#openAgain();
    }
  }

  /** A new sign-in, or null: the customer signed out and this browser forgets the conversation. */
  identify(jwt) {
    if (jwt === null) this.#forget();
    this.#jwt = jwt;
    this.#schedule();
  }

  /** Session and token of somebody else are never mixed: their token is not shown to the desk. */
  #request(jwt) {
    const stored = this.#stored();
    const subject = subjectOf(jwt);
    const isOthers = Boolean(stored?.subject && subject && stored.subject !== subject);
    return compact({
      key: this.key,
      visitor_token: isOthers ? null : stored?.token,
      jwt,
      lang: this.lang,
      context: this.context,
      origin: this.origin,
    });
  }

  #opened(info, jwt) {
    this.info = info;
    const subject = subjectOf(jwt) ?? (info.customer?.verified ? this.#stored()?.subject : undefined);
    this.subject = subject;
    attempt(() => this.storage.setItem(this.tokenKey, JSON.stringify({ token: info.visitor_token, subject })));
    return info;
  }

  /** The sign-in has expired: ask the page once; without a new one go on with what the desk accepts. */
  async #openAgain() {
    const wasSignedIn = this.isSignedIn;
    this.#jwt = wasSignedIn ? await this.renewToken() : null;
    if (!this.#jwt) this.#forgetToken(wasSignedIn);
    this.#schedule();
    const jwt = this.#jwt;
    return this.#opened(await this.post("/api/widget/session", this.#request(jwt)), jwt);
  }

  #forgetToken(wasSignedIn) {
    // A signed-in customer whose shop gives no new token keeps the visitor token; a dead visitor token is dropped.
    if (!wasSignedIn) this.#forget();
  }

  #schedule() {
    clearTimeout(this.#timer);
    const ends = claimsOf(this.#jwt)?.exp;
    if (!ends) return;
    const wait = Math.min(Math.max(ends * 1000 - Date.now() - RENEW_AHEAD_MS, 1_000), 2 ** 31 - 1);
    this.#timer = setTimeout(() => this.#renew(), wait);
  }

  async #renew() {
    const jwt = await this.renewToken();
    if (!jwt) return;
    this.#jwt = jwt;
    this.#schedule();
    await this.open().then(this.onRenewed, () => {});
  }

  #stored() {
    return attempt(() => JSON.parse(this.storage.getItem(this.tokenKey))) ?? null;
  }

  #forget() {
    this.info = null;
    attempt(() => this.storage.removeItem(this.tokenKey));
  }
}

/** Reads a JWT's claims without believing them: only the desk checks the signature. */
function claimsOf(jwt) {
  return attempt(() => JSON.parse(atob(jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")))) ?? null;
}

const subjectOf = (jwt) => claimsOf(jwt)?.sub;
const compact = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ""));

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

async function postJson(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    throw new NoAnswer();
  }
  const reply = await response.json().catch(() => null);
  if (!reply?.ok) throw new Refused(reply?.error ?? { code: "error", message: `HTTP ${response.status}` });
  return reply;
}
