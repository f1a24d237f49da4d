// Shows what is masked – one field of a customer, or a work order in full – after a reason was given. The
// desk logs who, what and why.
import { html } from "lit";
import { t } from "../../shared/i18n.js";
import { conversationPath } from "../model/api.js";
import { DeskDialog } from "./dialog.js";

const REASONS = ["call_customer", "confirm_address", "identity_check", "other"];

export class RevealDialog extends DeskDialog {
  static properties = { field: {}, customerId: {}, workOrderNo: {}, reason: { state: true }, words: { state: true } };

  constructor() {
    super();
    Object.assign(this, { reason: "", words: "" });
  }

  get heading() {
    return t("reveal.heading", { field: this.workOrderNo ?? t(`customer.${this.field}`) });
  }

  get verb() {
    return t("reveal.show");
  }

  get ready() {
    return this.reason === "other" ? Boolean(this.words.trim()) : Boolean(this.reason);
  }

  fields() {
    return html`<p class="help">${t("reveal.hint")}</p>
      <fieldset class="field">
        <legend>${t("reveal.reason")} <span class="must">${t("must")}</span></legend>
        <div class="choices">
          ${REASONS.map(
            (code, index) =>
              html`<label class="choice"
                ><input
                  type="radio"
                  name="reason"
                  ?data-first=${index === 0}
                  @change=${() => {
                    this.reason = code;
                  }} />${t(`reveal.${code}`)}</label
              >`,
          )}
        </div>
      </fieldset>
      ${
        this.reason === "other"
          ? html`<input
              aria-label=${t("reveal.reason")}
              maxlength="200"
              .value=${this.words}
              @input=${(event) => {
                this.words = event.target.value;
              }} />`
          : ""
      }`;
  }

  async submit() {
    const reason = this.reason === "other" ? this.words.trim() : this.reason;
    if (this.workOrderNo) return this.#workOrder(reason);
    const { value } = await this.desk.api.post(`/api/customers/${encodeURIComponent(this.customerId)}/reveal`, {
      field: this.field,
      reason,
    });
    return value;
  }

  async #workOrder(reason) {
    const path = conversationPath(this.conversationId, "work_orders/reveal");
    const { values } = await this.desk.api.post(path, { work_order_no: this.workOrderNo, reason });
    return values;
  }
}
customElements.define("reveal-dialog", RevealDialog);
