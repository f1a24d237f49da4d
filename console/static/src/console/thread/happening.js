// A line between messages: who joined, what was transferred and why, what was paid, how it ended.
import { css, html, nothing } from "lit";
import { money } from "../../shared/format.js";
import { sentenceOf } from "../../shared/system_line.js";
import "../../shared/system_line.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { word } from "../list/row.js";

export class ThreadHappening extends DeskElement {
  static properties = { event: { attribute: false } };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: 2px;
        padding-block: 2px;
      }
      .memo {
        display: flex;
        gap: 6px;
        max-width: min(90%, 560px);
        padding: 5px var(--s-3);
        border: 1px dashed var(--note-ink);
        border-radius: var(--r-m);
        background: var(--note-soft);
        color: var(--note-ink);
        font-size: var(--f-s);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .memo svg {
        margin-top: 3px;
      }
    `,
  ];

  render() {
    const event = readable(this.event);
    if (sentenceOf(event) === null) return nothing;
    return html`<baton-system-line .event=${event}></baton-system-line>${this.#wrapUp()}`;
  }

  #wrapUp() {
    const { wrap_up: wrapUp } = this.event.body ?? {};
    if (!wrapUp) return nothing;
    const { category, result, note } = wrapUp;
    const words = [word("category", category), word("result", result), note].filter(Boolean).join(" · ");
    return html`<p class="memo">${icon("lock", 13)}<span>${t("happening.wrap_up")}: ${words}</span></p>`;
  }
}
customElements.define("thread-happening", ThreadHappening);

/** Does this event have a line of its own? */
export const hasLine = (event) => sentenceOf(readable(event)) !== null;

/** The same event with names and amounts where the sentence looks for them. */
function readable(event) {
  const body = event.body ?? {};
  if (event.type === "action_taken") return { ...event, ...ACTIONS[body.action]?.(body) };
  const to = body.to ?? { name: body.to_name ?? word("queue", body.to_queue ?? "") };
  return { ...event, body: { ...body, to } };
}

// Money and orders that were touched: the type says which sentence, `text` is the amount.
const ACTIONS = {
  price_claim: ({ total_fen: paid, audit_fen: audit }) =>
    paid > 0 || !audit ? line("price_claimed", money(paid)) : line("price_in_audit", money(audit)),
  return: ({ refund_fen: refund, rma_no: no }) => line("return_filed", money(refund), no),
  cancellation: ({ refund_fen: refund, order_no: no }) => line("cancellation_filed", money(refund), no),
  work_order: ({ work_order_no: no }) => line("work_order_opened", no),
};

const line = (type, text, name = "") => ({ type, body: { text, to: { name } } });
