// Who the customer is. Personal data is masked; a look at it needs a reason, is logged, and fades again.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { sectionStyles } from "./section_styles.js";
import { personStyles } from "./person_styles.js";

const MASKED = ["name", "phone"];
const SHOWN_FOR_MS = 60_000;

export class CustomerPerson extends DeskElement {
  static properties = { customer: { attribute: false }, revealed: { state: true } };
  static styles = [...DeskElement.styles, sectionStyles, personStyles];

  #timers = new Map();

  constructor() {
    super();
    this.revealed = {};
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const before = changed.get("customer");
    if (before && before.id !== this.customer?.id) this.revealed = {};
  }

  render() {
    const { name, verified, band, member_level: level } = this.customer;
    return html`<section aria-label=${t("panel.person")}>
      ${name ? nothing : html`<p class="name">${t("customer.visitor")}</p>`}
      <div class="pills">
        ${verified ? html`<span class="pill ok">${icon("shield", 12)}${t("customer.verified")}</span>` : html`<span class="pill">${t("customer.unverified")}</span>`}
        ${verified && band ? html`<span class="pill warn">${t("customer.level", { level: level ?? "–", band })}</span>` : nothing}
      </div>
      <dl>${MASKED.filter((field) => this.customer[field]).map((field) => this.#field(field))}</dl>
    </section>`;
  }

  #field(field) {
    const value = this.revealed[field];
    return html`<div>
      <dt>${t(`customer.${field}`)}</dt>
      <dd aria-live="polite">${value ?? this.customer[field]}</dd>
      ${value ? this.#button(field, "reveal.hide", "close", () => this.#hide(field)) : this.#revealButton(field)}
    </div>`;
  }

  #revealButton(field) {
    if (!this.desk.me.permissions.includes("reveal")) return nothing;
    return this.#button(field, "reveal.heading", "eye", () => this.#reveal(field));
  }

  #button(field, key, iconName, act) {
    const words = t(key, { field: t(`customer.${field}`) });
    return html`<button class="icon-button" aria-label=${words} title=${words} @click=${act}>
      ${icon(iconName, 15)}
    </button>`;
  }

  async #reveal(field) {
    const value = await openDialog(this.desk, "reveal-dialog", { field, customerId: this.customer.id });
    if (value === null) return;
    this.revealed = { ...this.revealed, [field]: value };
    this.#timers.set(
      field,
      setTimeout(() => this.#hide(field), SHOWN_FOR_MS),
    );
  }

  #hide(field) {
    clearTimeout(this.#timers.get(field));
    const { [field]: _, ...rest } = this.revealed;
    this.revealed = rest;
  }
}
customElements.define("customer-person", CustomerPerson);
