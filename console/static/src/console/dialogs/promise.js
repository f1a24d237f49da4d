// A promise with a due time: made, extended (once), or kept with what proves it.
import { html, nothing } from "lit";
import { dayAndTime } from "../../shared/format.js";
import { newId } from "../../shared/id.js";
import { t } from "../../shared/i18n.js";
import { extendPromise, keepPromise, makePromise } from "../model/commands.js";
import { fromLocalInput, shopTime, toLocalInput } from "../model/shop_time.js";
import { DeskDialog } from "./dialog.js";

/** Quick choices that still lie ahead: [text key, Date]. */
export function quickTimes(now) {
  const choices = [
    ["promise.in_15m", new Date(now + 15 * 60_000)],
    ["promise.in_1h", new Date(now + 3_600_000)],
    ["promise.today_18", shopTime(now, 0, 18)],
    ["promise.in_24h", new Date(now + 24 * 3_600_000)],
  ];
  return choices.filter(([, at]) => at.getTime() > now);
}

class DueDialog extends DeskDialog {
  static properties = { text: {}, dueAt: { attribute: false } };

  constructor() {
    super();
    this.text = "";
    this.dueAt = null;
  }

  get isLater() {
    return Boolean(this.dueAt && this.dueAt.getTime() > this.desk.now());
  }

  when() {
    const set = (at) => {
      this.dueAt = at;
    };
    const min = toLocalInput(new Date(this.desk.now()));
    return html`<fieldset class="field">
      <legend>${t("promise.due")} <span class="must">${t("must")}</span></legend>
      <div class="choices">
        ${quickTimes(this.desk.now()).map(([key, at]) => html`<button type="button" class="button small" @click=${() => set(at)}>${t(key)}</button>`)}
      </div>
      <input
        type="datetime-local"
        aria-label=${t("promise.due")}
        min=${min}
        .value=${this.dueAt ? toLocalInput(this.dueAt) : ""}
        @change=${(event) => set(fromLocalInput(event.target.value))} />
      <small
        >${this.dueAt ? t(this.isLater ? "promise.due_is" : "promise.due_past", { at: dayAndTime(this.dueAt) }) : t("promise.shop_time")}</small
      >
    </fieldset>`;
  }
}

export class PromiseDialog extends DueDialog {
  key = newId();

  willUpdate(changed) {
    super.willUpdate(changed);
    // Another text or time is another promise.
    if (this.hasUpdated && (changed.has("text") || changed.has("dueAt"))) this.key = newId();
  }

  get heading() {
    return t("promise.heading");
  }

  get ready() {
    return Boolean(this.text.trim()) && this.isLater;
  }

  get verb() {
    return t("promise.make");
  }

  fields() {
    return html`<div class="field">
        <label for="text">${t("promise.text")} <span class="must">${t("must")}</span></label>
        <textarea
          id="text"
          data-first
          maxlength="300"
          placeholder=${t("promise.text_placeholder")}
          .value=${this.text}
          @input=${(event) => {
            this.text = event.target.value;
          }}></textarea>
      </div>
      ${this.when()}
      <p class="help">${t("promise.hint")}</p>`;
  }

  submit() {
    return makePromise(this.desk, this.conversationId, { text: this.text.trim(), dueAt: this.dueAt, key: this.key });
  }
}

export class ExtendPromiseDialog extends DueDialog {
  static properties = { promise: { attribute: false } };

  get heading() {
    return t("promise.extend_heading");
  }

  get ready() {
    return this.isLater;
  }

  fields() {
    return html`<blockquote>${this.promise.text}</blockquote>
      ${this.when()}
      <p class="help">${t("promise.extend_hint")}</p>`;
  }

  submit() {
    return extendPromise(this.desk, this.promise.promise_id, this.dueAt);
  }
}

export class KeepPromiseDialog extends DeskDialog {
  static properties = { promise: { attribute: false }, evidence: { state: true } };

  constructor() {
    super();
    this.evidence = "";
  }

  get heading() {
    return t("promise.keep_heading");
  }

  get verb() {
    return t("promise.keep");
  }

  get ready() {
    return Boolean(this.evidence.trim());
  }

  fields() {
    const { text, due_at: dueAt } = this.promise;
    return html`<blockquote>
        ${text}<br /><small class="muted">${dueAt ? t("card.due", { at: dayAndTime(dueAt) }) : nothing}</small>
      </blockquote>
      <div class="field">
        <label for="evidence">${t("promise.evidence")} <span class="must">${t("must")}</span></label>
        <textarea
          id="evidence"
          data-first
          maxlength="500"
          placeholder=${t("promise.evidence_placeholder")}
          .value=${this.evidence}
          @input=${(event) => {
            this.evidence = event.target.value;
          }}></textarea>
      </div>`;
  }

  submit() {
    return keepPromise(this.desk, this.promise.promise_id, this.evidence.trim());
  }
}
customElements.define("promise-dialog", PromiseDialog);
customElements.define("extend-promise-dialog", ExtendPromiseDialog);
customElements.define("keep-promise-dialog", KeepPromiseDialog);
