// Two steps for whatever touches money on the customer's behalf: the desk's own decision first, with its
// lines, then the confirmation. The key stays the same over retries, so it is done once.
import { html, nothing } from "lit";
import { newId } from "../../shared/id.js";
import { t } from "../../shared/i18n.js";
import "../../shared/cards.js";
import { cardTemplate } from "../../shared/cards.js";
import { icon } from "../icons.js";
import { conversationPath } from "../model/api.js";
import { skeletonRows, skeletonStyles } from "../shell/skeleton.js";
import { DeskDialog } from "./dialog.js";

export class OnBehalfDialog extends DeskDialog {
  static properties = { decision: { state: true }, checking: { state: true } };
  static styles = [...DeskDialog.styles, skeletonStyles];

  size = "wide";
  key = newId();

  /** Last part of the address, and what is asked; given by the subclass. */
  get resource() {
    return "";
  }

  get request() {
    return {};
  }

  async check() {
    this.checking = true;
    this.decision = null;
    await this.attempt(async () => {
      this.decision = await this.desk.api.post(conversationPath(this.conversationId, this.resource), {
        ...this.request,
        check: true,
      });
    });
    this.result = null; // checking is not doing
    this.checking = false;
    await this.updateComplete;
    this.$(".outcome, .failure")?.scrollIntoView({ block: "nearest" });
  }

  submit() {
    return this.desk.api.post(conversationPath(this.conversationId, this.resource), { ...this.request, key: this.key });
  }

  outcome() {
    if (this.checking) return skeletonRows(2);
    if (!this.decision) return nothing;
    const { card, allowed, message } = this.decision;
    return html`<div class="outcome" aria-live="polite">
      ${allowed === false ? html`<p class="failure">${icon("alert", 16)}${t("on_behalf.refused", { rule: this.decision.rule_id ?? "–" })}</p>` : nothing}
      ${message ? html`<p>${message}</p>` : nothing}
      ${cardTemplate(card) ?? t("on_behalf.no_result")}
    </div>`;
  }

  get orders() {
    return this.desk.open?.details?.orders ?? [];
  }
}
