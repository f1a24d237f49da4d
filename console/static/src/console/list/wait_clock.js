// How long the customer has been waiting: a running number with a word; the colour only repeats it.
import { css, html, nothing } from "lit";
import { span } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { waitedMs, waitLevel } from "../model/wait_clock.js";
import { TickController } from "../ticker.js";

export class WaitClock extends DeskElement {
  static properties = { since: {} };
  static styles = [
    ...DeskElement.styles,
    css`
      .pill {
        font-variant-numeric: tabular-nums;
        gap: 3px;
        padding-inline: 6px;
      }
      .late {
        font-weight: 700;
      }
    `,
  ];

  constructor() {
    super();
    new TickController(this);
  }

  render() {
    if (!this.since) return nothing;
    const ms = waitedMs(this.since, Date.now());
    const level = waitLevel(ms);
    const tone = { calm: "", soon: "warn", late: "danger late" }[level];
    // role=timer is silent by default: a clock that speaks every second would be unbearable.
    return html`<span
      class="pill ${tone}"
      role="timer"
      aria-label=${t(`wait.${level}`, { time: span(ms) })}
      title=${t(`wait.${level}`, { time: span(ms) })}
      >${icon(level === "late" ? "alert" : "clock", 12)}${t("wait.short", { time: span(ms) })}</span
    >`;
  }
}
customElements.define("wait-clock", WaitClock);
