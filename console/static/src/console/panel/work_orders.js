// What the desk looks into for this customer: number, kind, what was written, the time that was promised,
// and how it ended. Any agent may end one with a word about it: they outlive conversations.
import { css, html, nothing } from "lit";
import { dayAndTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { titleOf } from "../model/facts.js";
import "./due_clock.js";
import { rowStyles, sectionStyles } from "./section_styles.js";
import { inline, stepButtons, stepStyles } from "./steps.js";

const SIGNS = { done: ["check", "ok"], cancelled: ["minus", ""] };
const OVER_SHOWN = 3; // ended ones at first
const REVEALED_FOR_MS = 60_000;
const TO_BE_USED = ["name", "phone", "address", "window_start", "window_end"];

export class CustomerWorkOrders extends DeskElement {
  static properties = {
    workOrders: { attribute: false },
    promises: { attribute: false },
    orders: { attribute: false },
    conversationId: {},
    all: { state: true },
    revealed: { state: true }, // {work_order_no, values} for a minute
  };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    rowStyles,
    stepStyles,
    css`
      .words {
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .result {
        padding-inline-start: var(--s-2);
        border-inline-start: 2px solid var(--line-strong);
      }
      .pill {
        flex: none;
      }
    `,
  ];

  #timer;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    const open = this.workOrders.filter((order) => order.state === "open");
    const over = this.workOrders.filter((order) => order.state !== "open");
    const shown = [...open, ...(this.all ? over : over.slice(0, OVER_SHOWN))];
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("note", 16)}
        <h3 id="h">${t("work_orders.heading")}</h3>
        <span class="n">${open.length || ""}</span>
      </div>
      <ul>
        ${shown.map((order) => this.#order(order))}
      </ul>
      ${shown.length < this.workOrders.length ? this.#more() : nothing}
    </section>`;
  }

  #more() {
    const showAll = () => {
      this.all = true;
    };
    return html`<button class="button small" @click=${showAll}>
      ${t("work_orders.all", { n: this.workOrders.length })}
    </button>`;
  }

  #order(order) {
    const { kind_label: kind, state, text, result } = order;
    const isOpen = state === "open";
    return html`<li class=${isOpen ? "" : "over"}>
      <div class="line">
        <b>${kind}</b>
        ${isOpen && order.due_at ? html`<due-clock .due=${order.due_at}></due-clock>` : this.#state(state)}
      </div>
      <p class="soft break">${inline(this.#facts(order))}</p>
      <p class="words">${this.#revealedOf(order)?.text ?? text}</p>
      ${this.#toBeUsed(order)}
      ${result ? html`<p class="words result soft">${result}</p>` : nothing}
      ${isOpen ? stepButtons(this.desk, this.conversationId, "work_order", order) : nothing}
    </li>`;
  }

  #revealedOf({ work_order_no: no }) {
    return this.revealed?.no === no ? this.revealed.values : null;
  }

  /** An address or a number that is masked above, for a minute; or the way to see it. */
  #toBeUsed(order) {
    const values = this.#revealedOf(order);
    if (values) {
      const shown = TO_BE_USED.filter((name) => values[name]).map((name) => asRead(name, values[name]));
      return shown.length > 0 ? html`<p class="words" aria-live="polite"><b>${shown.join(" · ")}</b></p>` : nothing;
    }
    const isMasked = order.kind === "callback" || order.kind === "address_change" || order.text.includes("***");
    if (order.state !== "open" || !isMasked || !this.desk.me.permissions.includes("reveal")) return nothing;
    const words = t("work_orders.reveal");
    return html`<button class="button small" @click=${() => this.#reveal(order.work_order_no)}>${icon("eye", 13)}${words}</button>`;
  }

  async #reveal(no) {
    const { conversationId } = this;
    const values = await openDialog(this.desk, "reveal-dialog", { conversationId, workOrderNo: no });
    if (values === null || conversationId !== this.conversationId) return;
    this.revealed = { no, values };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.revealed = null;
    }, REVEALED_FOR_MS);
  }

  #state(state) {
    const [sign, tone] = SIGNS[state] ?? ["clock", "accent"];
    return html`<span class="pill ${tone}">${icon(sign, 12)}${t(`work_order.${state}`)}</span>`;
  }

  #facts({ work_order_no: no, order_no: orderNo, line_id: lineId, severity, opened_at: opened, ...order }) {
    return [
      no,
      orderNo && t("work_orders.of_order", { no: orderNo }),
      lineId && titleOf(lineId, this.orders ?? []),
      severity && t("work_order.severity", { n: severity }),
      order.closed_at
        ? t("work_orders.closed", { at: dayAndTime(order.closed_at) })
        : t("work_orders.opened", { at: dayAndTime(opened) }),
      this.#promised(order),
    ].filter(Boolean);
  }

  /** What became of the time that was promised, where it is not plain from the clock. */
  #promised({ state, due_at: dueAt, promise_id: id }) {
    const promise = (this.promises ?? []).find((one) => one.promise_id === id);
    if (state === "open" && promise?.state === "extended") return t("work_orders.extended", { at: dayAndTime(promise.due_at) });
    if (promise?.state === "broken" && state === "open") return t("promise.broken");
    return state === "open" && dueAt ? t("work_orders.due", { at: dayAndTime(dueAt) }) : null;
  }
}
/** A time as people read it; everything else as it is. */
const asRead = (name, value) =>
  name.startsWith("window_") && !Number.isNaN(Date.parse(value)) ? dayAndTime(value) : value;
customElements.define("customer-work-orders", CustomerWorkOrders);
