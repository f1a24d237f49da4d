// Handoffs that ring: a card with a countdown that cannot be overlooked and makes no sound. The page's
// title blinks too, because an agent often looks at another tab.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { word } from "../model/word.js";
import { accept, decline } from "../model/commands.js";
import { inWords } from "../panel/brief.js";
import { TickController } from "../ticker.js";
import { offersStyles } from "./offers_styles.js";

export class HandoffOffers extends DeskElement {
  static properties = { busy: { state: true } };
  static styles = [...DeskElement.styles, offersStyles];

  #spans = new Map(); // conversation id → seconds the offer had when it arrived
  #title = document.title;

  constructor() {
    super();
    new TickController(this);
  }

  render() {
    const now = this.desk.now();
    const offers = this.desk.offers.open(now);
    const lit = offers.length > 0 && Math.floor(now / 1000) % 2 === 0;
    document.title = lit ? t("offer.title", { n: offers.length }) : this.#title;
    return html`<div role="alert" class="visually-hidden">
        ${offers.map((offer) => t("offer.alert", { name: this.#name(offer) }))}
      </div>
      ${offers.map((offer, index) => this.#offer(offer, now, index === 0))}`;
  }

  #offer(offer, now, first) {
    const left = Math.max(0, Math.ceil((Date.parse(offer.offer_expires_at) - now) / 1000));
    if (!this.#spans.has(offer.conversation_id)) this.#spans.set(offer.conversation_id, left);
    const { summary = {}, brief } = offer;
    const handed = Boolean(brief?.note && brief.from);
    const facts = [
      summary.stage && word("stage", summary.stage),
      !handed && summary.wait_reason && word("wait_reason", summary.wait_reason),
      summary.emotion > 0 && t(`emotion.${summary.emotion}`),
    ];
    return html`<article aria-label=${t("offer.alert", { name: this.#name(offer) })}>
      <progress max=${this.#spans.get(offer.conversation_id)} value=${left} aria-hidden="true"></progress>
      <div class="top">
        ${icon(handed ? "transfer" : "person", 18)}<b>${this.#heading(offer, handed)}</b
        ><span class="left" role="timer">${t("offer.left", { n: left })}</span>
      </div>
      <div class="body">
        <span class="muted">${facts.filter(Boolean).join(" · ")}</span>
        ${handed ? this.#line("brief.note", html`<b>${brief.note}</b>`) : nothing}
        ${inWords(brief?.what || summary.last_text).map((text) => html`<q>${text}</q>`)}
        ${inWords(brief?.doing).map((text) => this.#line("brief.doing", text))}
        ${inWords(brief?.next_step).map((text) => this.#line("brief.next_step", text))}
      </div>
      <div class="acts">
        <button
          class="button primary"
          ?disabled=${this.busy === offer.conversation_id}
          @click=${() => this.#accept(offer)}>
          ${t("action.accept")}${first ? html` <kbd>A</kbd>` : nothing}
        </button>
        <button class="button" ?disabled=${this.busy === offer.conversation_id} @click=${() => this.#decline(offer)}>
          ${t("offer.decline")}
        </button>
      </div>
    </article>`;
  }

  #line(label, content) {
    return html`<span><span class="muted">${t(label)}</span> ${content}</span>`;
  }

  #heading(offer, handed) {
    const name = this.#name(offer);
    return handed ? t("offer.handed_on", { from: offer.brief.from, name }) : t("offer.heading", { name });
  }

  #name(offer) {
    return offer.summary?.customer?.name || t("customer.visitor");
  }

  async #accept(offer) {
    this.busy = offer.conversation_id;
    await accept(this.desk, offer.conversation_id).catch(() => {}); // the refusal has been said
    this.busy = null;
  }

  async #decline(offer) {
    this.busy = offer.conversation_id;
    await decline(this.desk, offer.conversation_id).catch(() => {});
    this.busy = null;
  }
}
customElements.define("handoff-offers", HandoffOffers);
