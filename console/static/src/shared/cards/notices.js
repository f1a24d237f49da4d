/* Two small cards that say what happens next: the way to a person, and a promise with its time. */
import { css, html, nothing } from "lit";
import { dayAndTime } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";

const noticeStyles = css`
  .notice {
    display: flex;
    gap: var(--s-3);
    padding: var(--s-3) var(--s-4);
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--accent);
    border-radius: var(--r-m);
    background: var(--surface);
  }
  .notice > svg {
    margin-top: 2px;
    color: var(--accent-ink);
  }
  .notice > div {
    display: grid;
    gap: var(--s-1);
    min-width: 0;
  }
  .notice.handoff {
    border-inline-start-color: var(--agent-ink);
  }
  .notice.handoff > svg {
    color: var(--agent-ink);
  }
`;

const PROMISE_TONES = { open: "accent", made: "accent", kept: "ok", extended: "warn", broken: "danger", lapsed: "danger", overdue: "danger" };

export class HandoffCard extends CardElement {
  static styles = [...CardElement.styles, noticeStyles];

  render() {
    const { text, position } = this.card;
    return html`<section class="notice handoff" aria-label=${t("card.handoff")}>
      ${icon("person")}
      <div>
        <p class="break">${text}</p>
        ${position > 0 ? html`<p class="small muted">${t("card.position", { n: position })}</p>` : nothing}
      </div>
    </section>`;
  }
}

export class PromiseCard extends CardElement {
  static styles = [...CardElement.styles, noticeStyles];

  render() {
    const { text, due_at: dueAt, state = "made" } = this.card;
    return html`<section class="notice" aria-label=${t("card.promise")}>
      ${icon("clock")}
      <div>
        <p class="small"><b>${t("card.promise")}</b> <span class="pill ${PROMISE_TONES[state] ?? ""}">${t(`promise.${state}`)}</span></p>
        <p class="break">${text}</p>
        <p class="small muted">${t("card.due", { at: dayAndTime(dueAt) })}</p>
      </div>
    </section>`;
  }
}

customElements.define("baton-handoff-card", HandoffCard);
customElements.define("baton-promise-card", PromiseCard);
