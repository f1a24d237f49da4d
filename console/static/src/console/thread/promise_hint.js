// Lit controller of the composer: sees the promise in a draft, and records it once the reply has gone out.
import { newId } from "../../shared/id.js";
import { openDialog } from "../dialogs/open.js";
import { makePromise } from "../model/commands.js";
import { promiseIn, promiseSentence } from "../model/composing.js";

export class PromiseHint {
  /** The promise the agent has confirmed for the present draft: {phrase, dueAt, text}, or null. */
  kept = null;

  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  /** What the draft promises: {phrase, dueAt | null}, or null. */
  get found() {
    return promiseIn(this.host.draft, this.host.desk.now());
  }

  keep() {
    const { found } = this;
    if (found?.dueAt) {
      this.kept = { ...found, text: promiseSentence(this.host.draft, found.phrase), key: newId() };
    }
    this.host.requestUpdate();
  }

  drop() {
    this.kept = null;
    this.host.requestUpdate();
  }

  /** What was confirmed was the promise in that text; when its words are gone, so is the confirmation. */
  draftChanged(text) {
    if (this.kept && !text.includes(this.kept.phrase)) this.kept = null;
  }

  keepOrAsk() {
    if (this.found?.dueAt) this.keep();
    else this.ask();
  }

  ask() {
    const { found } = this;
    const text = found ? promiseSentence(this.host.draft, found.phrase) : "";
    this.#open(text, found?.dueAt ?? null);
  }

  /** The reply is on its way: the promise goes into the ledger. */
  sent() {
    if (!this.kept) return;
    const { text, dueAt, key } = this.kept;
    this.kept = null;
    const { desk, conversationId } = this.host;
    // Refused: the words are with the customer, so the promise must not get lost – ask again.
    makePromise(desk, conversationId, { text, dueAt, key }).catch(() => this.#open(text, dueAt, key));
  }

  #open(text, dueAt, key = newId()) {
    const { desk, conversationId } = this.host;
    openDialog(desk, "promise-dialog", { conversationId, text, dueAt, key });
  }
}
