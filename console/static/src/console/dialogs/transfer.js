// Transfer to a colleague or a queue. The note is mandatory: it is what the next person reads first.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";
import { icon } from "../icons.js";
import { word } from "../model/word.js";
import { transfer } from "../model/commands.js";
import { DeskDialog } from "./dialog.js";

const STATUS_ORDER = ["online", "busy", "break", "away", "wrapup", "offline"];

export class TransferDialog extends DeskDialog {
  static properties = { to: { state: true }, note: { state: true } };
  static styles = [
    ...DeskDialog.styles,
    css`
      .dot {
        width: 9px;
        height: 9px;
        border-radius: 50%;
        border: 2px solid var(--line-strong);
      }
      .dot.online {
        border-color: var(--ok-ink);
        background: var(--ok-ink);
      }
      .dot.busy {
        border-color: var(--danger);
        background: var(--danger);
      }
      .dot.break {
        border-color: var(--warn-ink);
      }
      meter {
        width: 54px;
        height: 8px;
      }
      .group {
        padding: 5px var(--s-3);
        background: var(--sunken);
        color: var(--text-soft);
        font-size: var(--f-xs);
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.note = "";
    this.heading = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.heading = t("transfer.heading");
    this.desk.loadAgents(); // loads change by the minute
  }

  get ready() {
    return Boolean(this.to && this.note.trim());
  }

  get verb() {
    return t("action.transfer");
  }

  fields() {
    return html`<fieldset class="field">
        <legend>${t("transfer.to")} <span class="must">${t("must")}</span></legend>
        <div class="list">
          <div class="group">${t("transfer.agents")}</div>
          ${this.#colleagues().map((agent) => this.#agent(agent))}
          <div class="group">${t("transfer.queues")}</div>
          ${this.desk.queues.map((queue) => this.#queue(queue))}
        </div>
      </fieldset>
      <div class="field">
        <label for="note">${t("transfer.note")} <span class="must">${t("must")}</span></label>
        <textarea
          id="note"
          maxlength="1000"
          placeholder=${t("transfer.note_placeholder")}
          .value=${this.note}
          @input=${(event) => {
            this.note = event.target.value;
          }}></textarea>
        <small>${t("transfer.note_hint")}</small>
      </div>`;
  }

  submit() {
    return transfer(this.desk, this.conversationId, this.to, this.note.trim());
  }

  #colleagues() {
    const others = this.desk.agents.filter((agent) => agent.id !== this.desk.me.id);
    const place = ({ status, open, limit }) => STATUS_ORDER.indexOf(status) + open / Math.max(1, limit);
    return others.sort((a, b) => place(a) - place(b));
  }

  #queue({ id, name, waiting }) {
    return html`<label class="option"
      ><input
        type="radio"
        name="to"
        data-first
        @change=${() => {
          this.to = { queue: id };
        }} />
      <span class="what"><b>${name}</b></span
      ><span class="end">${t("transfer.waiting", { n: waiting })}</span></label
    >`;
  }

  #agent({ id, name, status, open, limit }) {
    return html`<label class="option"
      ><input
        type="radio"
        name="to"
        data-first
        ?disabled=${status === "offline"}
        @change=${() => {
          this.to = { agent_id: id };
        }} />
      <span class="dot ${status}" aria-hidden="true"></span>
      <span class="what"
        ><b>${name}</b
        ><span
          >${word("presence", status)}${open >= limit ? html` · ${icon("alert", 11)} ${t("transfer.full")}` : ""}</span
        ></span
      >
      <span class="end"
        >${open}/${limit}
        <meter min="0" max=${limit} high=${limit * 0.8} value=${open} aria-hidden="true"></meter></span
    ></label>`;
  }
}
customElements.define("transfer-dialog", TransferDialog);
