// Time left until a promise is due, or how long it is overdue, in words.
import { html } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { timeLeft } from "../model/wait_clock.js";
import { TickController } from "../ticker.js";

/** "还有 2 小时 5 分", "已超 6 分". */
export function leftInWords(left) {
  const parts = [
    left.days > 0 && t("due.days", { n: left.days }),
    left.hours > 0 && t("due.hours", { n: left.hours }),
    left.days === 0 && t("due.minutes", { n: left.minutes }),
  ];
  return t(left.overdue ? "due.over" : "due.left", { time: parts.filter(Boolean).join(" ") });
}

export class DueClock extends DeskElement {
  static properties = { due: {} };

  constructor() {
    super();
    new TickController(this);
  }

  render() {
    const left = timeLeft(this.due, Date.now());
    const near = left.days === 0 && left.hours === 0 && left.minutes <= 15;
    const tone = left.overdue ? "danger" : near ? "warn" : "accent";
    return html`<span class="pill ${tone}" role="timer"
      >${icon(left.overdue ? "alert" : "clock", 12)}${leftInWords(left)}</span
    >`;
  }
}
customElements.define("due-clock", DueClock);
