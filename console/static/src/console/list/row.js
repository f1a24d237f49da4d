// One conversation in the list: who, how they feel, what they said last, how long they have waited.
import { html, nothing } from "lit";
import { relative } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { word } from "../model/word.js";
import "./wait_clock.js";
import { rowStyles } from "./row_styles.js";

const CHANNEL_ICONS = { web: "chat", wechat: "wechat", app: "app", mail: "mail", phone: "phone" };

export class ConversationRow extends DeskElement {
  static properties = {
    summary: { attribute: false },
    current: { type: Boolean },
    mine: { type: Boolean },
    unsent: { type: Number },
  };
  static styles = [...DeskElement.styles, rowStyles];

  render() {
    const { conversation_id: id, customer, unread, last_text, last_at, waiting_since } = this.summary;
    return html`<a href="#c/${id}" class=${unread ? "unread" : ""} aria-current=${this.current ? "true" : "false"}>
      <span class="who"
        >${this.#mood()}<span class="name">${customer.name || t("customer.visitor")}</span>${this.#band()}</span
      >
      <span class="end"
        >${waiting_since ? html`<wait-clock .since=${waiting_since}></wait-clock>` : relative(last_at)}</span
      >
      <span class="text">${last_text || t("list.no_text")}</span>
      ${unread ? html`<span class="end"><span class="count" aria-label=${t("list.unread", { n: unread })}>${unread > 99 ? "99+" : unread}</span></span>` : nothing}
      ${this.#meta()}
      ${this.unsent ? html`<span class="unsent">${icon("alert", 13)}${t("list.unsent", { n: this.unsent })}</span>` : nothing}
    </a>`;
  }

  #mood() {
    const level = this.summary.emotion ?? 0;
    return html`<span class="mood m${level}" title=${t(`emotion.${level}`)} aria-hidden="true"></span
      ><span class="visually-hidden">${t(`emotion.${level}`)}</span>`;
  }

  #band() {
    const { band, verified } = this.summary.customer;
    if (!verified || !band) return nothing;
    return html`<span class="band ${band}" title=${t("customer.band", { band })}
      >${band}<span class="visually-hidden"> ${t("customer.band_word")}</span></span
    >`;
  }

  #meta() {
    const { channel, stage, state, assignee, wait_reason, emotion } = this.summary;
    const owner = state === "with_agent" && this.mine ? "" : (assignee?.name ?? t(`state.${state}`));
    const words = [stage && word("stage", stage), owner, wait_reason && word("wait_reason", wait_reason)].filter(
      Boolean,
    );
    return html`<span class="meta" title=${words.join(" · ")}
      >${icon(CHANNEL_ICONS[channel] ?? "chat", 13)}<span class="visually-hidden">${word("channel", channel)}</span>
      <span>${words.join(" · ")}</span
      >${emotion >= 2 ? html`<span class="moodword m${emotion}" aria-hidden="true">${t(`emotion.${emotion}`)}</span>` : nothing}</span
    >`;
  }
}
customElements.define("conversation-row", ConversationRow);
