// A return on the customer's behalf. Known answers are filled in; the policy answers before it is filed.
import { html, nothing } from "lit";
import { money } from "../../shared/format.js";
import { newId } from "../../shared/id.js";
import { t } from "../../shared/i18n.js";
import { CONDITIONS, REASONS, WAYS } from "../model/return_choices.js";
import { OnBehalfDialog } from "./on_behalf.js";

export class ReturnDialog extends OnBehalfDialog {
  static properties = {
    line: { state: true },
    quantity: { state: true },
    reason: { state: true },
    condition: { state: true },
    way: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { line: null, quantity: 1, reason: "", condition: "", way: "pickup" });
  }

  connectedCallback() {
    super.connectedCallback();
    const known = Object.fromEntries(
      (this.desk.open?.details?.context_card?.facts ?? []).map((fact) => [fact.name, fact.value]),
    );
    this.line = this.#lines().find(({ line }) => line.line_id === known.order_item_id) ?? null;
    if (REASONS.includes(known.reason)) this.reason = known.reason;
    if (CONDITIONS.includes(known.condition)) this.condition = known.condition;
    if (WAYS.includes(known.return_way)) this.way = known.return_way;
  }

  get heading() {
    return t("return.heading");
  }

  get resource() {
    return "returns";
  }

  get request() {
    const { line, quantity, reason, condition, way } = this;
    return { order_no: line?.order.order_no, line_id: line?.line.line_id, quantity, reason, condition, way };
  }

  get ready() {
    return Boolean(this.decision?.card) && this.decision.allowed !== false;
  }

  get verb() {
    return this.ready
      ? t("return.submit", { amount: money(this.decision.card.refund_fen ?? 0) })
      : t("return.check_first");
  }

  fields() {
    const complete = this.line && this.reason && this.condition;
    return html`${this.#goods()} ${this.line?.line.quantity > 1 ? this.#howMany() : nothing}
      ${this.#choices("reason", "return.reason", REASONS)}${this.#choices("condition", "return.condition", CONDITIONS)}${this.#choices("way", "return.way", WAYS)}
      <div>
        <button type="button" class="button soft" ?disabled=${!complete || this.busy} @click=${this.check}>
          ${t("return.check")}
        </button>
      </div>
      ${this.outcome()}`;
  }

  #lines() {
    return this.orders.flatMap((order) => order.lines.map((line) => ({ order, line })));
  }

  #goods() {
    const lines = this.#lines();
    return html`<fieldset class="field">
      <legend>${t("return.item")} <span class="must">${t("must")}</span></legend>
      <div class="list">
        ${lines.length === 0 ? html`<p class="nothing">${t("panel.no_orders")}</p>` : lines.map((one, index) => this.#line(one, index))}
      </div>
    </fieldset>`;
  }

  #line(one, index) {
    const { order, line } = one;
    const chosen = this.line?.line.line_id === line.line_id;
    return html`<label class="option"
      ><input
        type="radio"
        name="line"
        ?data-first=${this.line ? chosen : index === 0}
        .checked=${chosen}
        @change=${() => this.#set("line", one)} />
      <baton-thumb .src=${line.image}></baton-thumb
      ><span class="what"
        ><b>${line.title}</b><span>${line.variant} · ${order.order_no} · ${order.status_label}</span></span
      >
      <span class="end">${money(line.unit_fen)}<br />×${line.quantity}</span></label
    >`;
  }

  #howMany() {
    return html`<div class="field">
      <label for="quantity">${t("return.quantity")}</label
      ><input
        id="quantity"
        type="number"
        min="1"
        max=${this.line.line.quantity}
        .value=${String(this.quantity)}
        @input=${(event) => this.#set("quantity", Number(event.target.value))} />
    </div>`;
  }

  #choices(field, label, codes) {
    return html`<fieldset class="field">
      <legend>${t(label)} <span class="must">${t("must")}</span></legend>
      <div class="choices">
        ${codes.map((code) => html`<label class="choice"><input type="radio" name=${field} .checked=${this[field] === code} @change=${() => this.#set(field, code)} />${t(`${label}.${code}`)}</label>`)}
      </div>
    </fieldset>`;
  }

  /** An answer that changes makes the decision void. */
  #set(field, value) {
    this[field] = value;
    this.decision = null;
    this.key = newId();
  }
}
customElements.define("return-dialog", ReturnDialog);
