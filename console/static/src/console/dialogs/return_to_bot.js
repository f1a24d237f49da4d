// Gives the conversation back to the bot. What is known stays known by itself; only what the agent corrects
// here is sent, so that a masked or worded value never replaces the real one.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { returnToBot } from "../model/commands.js";
import { isEditable } from "../model/facts.js";
import { DeskDialog } from "./dialog.js";

export class ReturnToBotDialog extends DeskDialog {
  static properties = { note: { state: true } };
  static styles = [
    ...DeskDialog.styles,
    css`
      .row {
        display: grid;
        grid-template-columns: 7em minmax(0, 1fr);
        align-items: center;
        gap: var(--s-2);
        min-height: 34px;
        font-size: var(--f-s);
      }
    `,
  ];

  #corrected = {};

  constructor() {
    super();
    this.note = "";
  }

  get heading() {
    return t("return_to_bot.heading");
  }

  get verb() {
    return t("action.return_to_bot");
  }

  fields() {
    return html`<p class="help">${t("return_to_bot.hint")}</p>
      ${this.#facts()}
      <div class="field">
        <label for="note">${t("return_to_bot.note")}</label>
        <textarea
          id="note"
          data-first
          maxlength="1000"
          placeholder=${t("return_to_bot.note_placeholder")}
          .value=${this.note}
          @input=${(event) => {
            this.note = event.target.value;
          }}></textarea>
      </div>`;
  }

  submit() {
    return returnToBot(this.desk, this.conversationId, this.#corrected, this.note.trim());
  }

  #facts() {
    const facts = this.desk.open?.details?.context_card?.facts ?? [];
    if (facts.length === 0) return nothing;
    return html`<fieldset class="field">
      <legend>${t("return_to_bot.settled")}</legend>
      ${facts.map((fact) => this.#fact(fact))}
    </fieldset>`;
  }

  #fact(fact) {
    const { name, label, shown } = fact;
    if (!isEditable(fact)) return html`<div class="row"><span class="muted">${label}</span><span>${shown}</span></div>`;
    return html`<label class="row">
      <span class="muted">${label}</span>
      <input
        maxlength="200"
        .value=${shown}
        @input=${(event) => this.#correct(name, shown, event.target.value.trim())} />
    </label>`;
  }

  #correct(name, before, text) {
    if (text && text !== before) this.#corrected[name] = text;
    else delete this.#corrected[name];
  }
}
customElements.define("return-to-bot-dialog", ReturnToBotDialog);
