// Ends a conversation with its wrap-up: what it was about, how it ended, what the next person should know.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { icon } from "../icons.js";
import { resolve } from "../model/commands.js";
import { CATEGORIES, FAULT_PARTIES, guessStage, RESULTS } from "../model/wrap_up.js";
import { DeskDialog } from "./dialog.js";

export class ResolveDialog extends DeskDialog {
  static properties = {
    stage: { state: true },
    matter: { state: true },
    outcome: { state: true },
    fault: { state: true },
    note: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { matter: "", outcome: "", fault: "none", note: "" });
  }

  connectedCallback() {
    super.connectedCallback();
    this.stage = guessStage(this.desk.openSummary?.stage);
  }

  get heading() {
    return t("resolve.heading");
  }

  get verb() {
    return t("action.resolve");
  }

  get ready() {
    return Boolean(this.matter && this.outcome);
  }

  fields() {
    return html`${this.#openPromises()}
      ${this.#choices("stage", "resolve.stage", Object.keys(CATEGORIES), "category", (stage) => Object.assign(this, { stage, matter: "" }))}
      ${this.#choices("matter", "resolve.matter", CATEGORIES[this.stage], `category.${this.stage}`)}
      ${this.#choices("outcome", "resolve.result", RESULTS, "result")}
      <div class="field">
        <label for="fault">${t("resolve.fault")}</label
        ><select
          id="fault"
          @change=${(event) => {
            this.fault = event.target.value;
          }}>
          ${FAULT_PARTIES.map((party) => html`<option value=${party}>${t(`fault.${party}`)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="note">${t("resolve.note")}</label
        ><textarea
          id="note"
          maxlength="1000"
          placeholder=${t("resolve.note_placeholder")}
          .value=${this.note}
          @input=${(event) => {
            this.note = event.target.value;
          }}></textarea>
      </div>`;
  }

  submit() {
    const wrapUp = {
      category: `${this.stage}.${this.matter}`,
      result: this.outcome,
      fault_party: this.fault,
      note: this.note.trim(),
    };
    return resolve(this.desk, this.conversationId, wrapUp);
  }

  #choices(
    field,
    label,
    codes,
    area,
    choose = (code) => {
      this[field] = code;
    },
  ) {
    return html`<fieldset class="field">
      <legend>${t(label)} <span class="must">${t("must")}</span></legend>
      <div class="choices">
        ${codes.map(
          (code, index) =>
            html`<label class="choice"
              ><input
                type="radio"
                name=${field}
                ?data-first=${field === "matter" && index === 0}
                .checked=${this[field] === code}
                @change=${() => choose(code)} />${t(`${area}.${code}`)}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  /** A promise outlives its conversation; the agent should know that it does. */
  #openPromises() {
    const open = (this.desk.open?.details?.promises ?? []).filter(
      (promise) => promise.state === "open" || promise.state === "extended",
    );
    return open.length > 0
      ? html`<p class="failure">${icon("clock", 16)}${t("resolve.open_promises", { n: open.length })}</p>`
      : nothing;
  }
}
customElements.define("resolve-dialog", ResolveDialog);
