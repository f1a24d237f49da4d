// Gives the conversation back to the bot. What is known stays known by itself; only what the agent corrects
// here is sent, so that a masked or worded value never replaces the real one.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { returnToBot } from "../model/commands.js";
import { isEditable, namedFacts } from "../model/facts.js";
import { openChoices } from "../model/return_choices.js";
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
      ${this.#facts()} ${this.#open()}
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
    const { context_card: card, orders = [] } = this.desk.open?.details ?? {};
    const facts = namedFacts(card?.facts ?? [], orders);
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

  /** What the bot would ask next; an answer that was given to a person is settled here. */
  #open() {
    const open = openChoices(this.desk.open?.details?.context_card);
    if (open.length === 0) return nothing;
    return html`<fieldset class="field">
      <legend>${t("return_to_bot.open")}</legend>
      ${open.map(([name, codes]) => this.#choice(name, codes))}
    </fieldset>`;
  }

  #choice(name, codes) {
    const area = name === "return_way" ? "return.way" : `return.${name}`;
    return html`<label class="row">
      <span class="muted">${t(area)}</span>
      <select @change=${(event) => this.#correct(name, "", event.target.value)}>
        <option value="">${t("return_to_bot.bot_asks")}</option>
        ${codes.map((code) => html`<option value=${code}>${t(`${area}.${code}`)}</option>`)}
      </select>
    </label>`;
  }

  #correct(name, before, text) {
    if (text && text !== before) this.#corrected[name] = text;
    else delete this.#corrected[name];
  }
}
customElements.define("return-to-bot-dialog", ReturnToBotDialog);
