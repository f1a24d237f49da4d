// A line between messages: who joined, what was transferred and why, what was paid, how it ended.
import { css, html, nothing } from "lit";
import "../../shared/system_line.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { happened, hasLine } from "../model/happened.js";
import { word } from "../model/word.js";

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
    if (!hasLine(this.event)) return nothing;
    return html`<baton-system-line .event=${happened(this.event)}></baton-system-line>${this.#wrapUp()}`;
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
