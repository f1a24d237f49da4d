// One step by hand, confirmed: what it is about, what the customer hears, and a reason or an amount where
// one is needed. What was typed stays when the desk says no.
import { html, nothing } from "lit";
import { money } from "../../shared/format.js";
import { newId } from "../../shared/id.js";
import { t } from "../../shared/i18n.js";
import { failureWords } from "../model/commands.js";
import { fenOf, Wish } from "../model/steps.js";
import { DeskDialog } from "./dialog.js";

export class StepDialog extends DeskDialog {
  static properties = { wish: { attribute: false }, note: { state: true }, amount: { state: true } };

  key = newId();

  constructor() {
    super();
    Object.assign(this, { note: "", amount: "" });
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    // Other words or another amount are another wish.
    if (this.hasUpdated && (changed.has("note") || changed.has("amount"))) this.key = newId();
  }

  get heading() {
    return t(`step_heading.${this.wish.name}`);
  }

  get verb() {
    return t(`step.${this.wish.name}`);
  }

  get tone() {
    return this.wish.isAgainst ? "danger" : "primary";
  }

  get ready() {
    return this.wish.mayBe(this.#fen) && (!this.wish.needsNote(this.#fen) || Boolean(this.note.trim()));
  }

  fields() {
    return html`<blockquote>${this.#about()}</blockquote>
      ${this.#amountField()}${this.#noteField()}
      <p class="help">${t(`step_hint.${this.wish.name}`)}</p>`;
  }

  async submit() {
    const { desk, conversationId, key } = this;
    const answer = await this.wish.take(desk.api, conversationId, { key, note: this.note.trim(), fen: this.#fen });
    const waits = Boolean(answer.second_needed);
    desk.say(waits ? "step.second_needed" : "step.taken", {}, waits ? "info" : "good");
    await this.#showPresent();
  }

  /** Somebody was faster: said in words, and the panel behind shows how it stands now. */
  failed(error) {
    if (error.code !== "conflict" && error.code !== "not_found") return failureWords(error);
    this.#showPresent();
    const { approved_by: first } = this.wish.subject;
    if (error.code === "conflict" && first) return ["step.second_needed", {}];
    return [error.code === "conflict" ? "step.too_late" : "step.not_held", {}];
  }

  get #fen() {
    return fenOf(this.amount);
  }

  #showPresent() {
    const { open } = this.desk;
    return open?.id === this.conversationId ? open.loadDetails() : undefined;
  }

  #about() {
    const { title, items = [], kind_label: kind, text, ...one } = this.wish.subject;
    const name = title ?? (items.map((item) => item.model).join("、") || kind);
    const facts = [
      title && kind,
      one.rma_no ?? one.trade_in_no ?? one.work_order_no ?? one.order_no,
      one.claim_fen && money(one.claim_fen),
      one.refund_fen > 0 && t("steps.refund", { amount: money(one.refund_fen) }),
      one.low_fen !== undefined && t("steps.range", { low: money(one.low_fen), high: money(one.high_fen) }),
    ].filter(Boolean);
    return html`<b>${name}</b><br /><small class="muted">${facts.join(" · ")}</small>
      ${text ? html`<p>${text}</p>` : nothing}`;
  }

  #amountField() {
    const { amount } = this.wish.asks;
    if (!amount) return nothing;
    const wrong = this.amount !== "" && !this.wish.mayBe(this.#fen);
    const { refund_fen: most } = this.wish.subject;
    return html`<div class="field">
      <label for="amount">${t(`steps.${amount}`)} <span class="must">${t("must")}</span></label>
      <input
        id="amount"
        data-first
        inputmode="decimal"
        autocomplete="off"
        placeholder="0.00"
        aria-invalid=${wrong}
        aria-describedby="amount-hint"
        .value=${this.amount}
        @input=${(event) => {
          this.amount = event.target.value;
        }} />
      <small id="amount-hint" class=${wrong ? "wrong" : ""}
        >${t(amount === "refund_fen" ? "steps.at_most" : "steps.in_yuan", { amount: money(most ?? 0) })}</small
      >
    </div>`;
  }

  #noteField() {
    if (!this.wish.asks.note) return nothing;
    const must = this.wish.needsNote(this.#fen);
    return html`<div class="field">
      <label for="note"
        >${t(`step_note.${this.wish.name}`)} ${must ? html`<span class="must">${t("must")}</span>` : nothing}</label
      >
      <textarea
        id="note"
        ?data-first=${!this.wish.asks.amount}
        maxlength="300"
        placeholder=${t(`step_example.${this.wish.name}`)}
        .value=${this.note}
        @input=${(event) => {
          this.note = event.target.value;
        }}></textarea>
      <small>${t("steps.note_hint")}</small>
    </div>`;
  }
}
customElements.define("step-dialog", StepDialog);

