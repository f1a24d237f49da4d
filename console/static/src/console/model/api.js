// HTTP side of the desk: JSON in, JSON out, refusals as `Refused`, silence as `NotConnected`.
// Writes carry the CSRF token that GET /api/me gave.
import { lang } from "../../shared/i18n.js";
import { NotConnected, Refused } from "../../shared/socket_client.js";

export class Api {
  #fetch;
  #csrf = "";

  constructor(fetchLike = (...args) => fetch(...args)) {
    this.#fetch = fetchLike;
  }

  /** The agent who is signed in. */
  async me() {
    const answer = await this.get("/api/me");
    this.#csrf = answer.csrf;
    return answer.agent;
  }

  get(path, params = {}) {
    const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
    return this.#send(query.size > 0 ? `${path}?${query}` : path, {});
  }

  post(path, body = {}) {
    const headers = { "Content-Type": "application/json", "X-Baton-Csrf": this.#csrf };
    return this.#send(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  upload(path, file) {
    const body = new FormData();
    body.append("file", file, file.name);
    return this.#send(path, { method: "POST", headers: { "X-Baton-Csrf": this.#csrf }, body });
  }

  async #send(path, request) {
    let response;
    try {
      const headers = { "X-Baton-Lang": lang(), ...request.headers }; // the words of cards and facts
      response = await this.#fetch(path, { credentials: "same-origin", ...request, headers });
    } catch {
      throw new NotConnected();
    }
    const answer = await response.json().catch(() => null);
    if (!answer?.ok) throw new Refused(answer?.error ?? { code: "error" });
    return answer;
  }
}

/** The path of one conversation, or of something below it. */
export function conversationPath(id, rest = "") {
  return `/api/conversations/${encodeURIComponent(id)}${rest && `/${rest}`}`;
}
