// Price protection for the customer: check all orders, show what each item earns and why not, then claim.
import { html } from "lit";
import { money } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { OnBehalfDialog } from "./on_behalf.js";

export class PriceProtectionDialog extends OnBehalfDialog {
  connectedCallback() {
    super.connectedCallback();
    this.check();
  }

  get heading() {
    return t("price_protection.heading");
  }

  get resource() {
    return "price_protection";
  }

  get request() {
    return this.decision ? { line_ids: this.#earning.map((item) => item.line_id) } : {};
  }

  get ready() {
    return (this.decision?.card?.total_fen ?? 0) > 0;
  }

  get verb() {
    return this.ready
      ? t("price_protection.claim", { amount: money(this.decision.card.total_fen) })
      : t("price_protection.nothing");
  }

  fields() {
    return html`<p class="help">${t("price_protection.hint")}</p>
      ${this.outcome()}`;
  }

  get #earning() {
    return (this.decision?.card?.items ?? []).filter((item) => item.claim_fen > 0);
  }
}
customElements.define("price-protection-dialog", PriceProtectionDialog);
