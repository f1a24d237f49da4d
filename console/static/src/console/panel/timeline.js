// Every conversation of this customer, newest first, the present one marked.
import { css, html } from "lit";
import { dayAndTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { sectionStyles } from "./section_styles.js";

export class CustomerTimeline extends DeskElement {
  static properties = { timeline: { attribute: false }, openId: {} };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    css`
      :host {
        border-bottom: 0;
      }
      ol {
        border-inline-start: 2px solid var(--line);
        margin-inline-start: 5px;
      }
      li {
        position: relative;
        padding: 2px 0 var(--s-2) var(--s-3);
      }
      li::before {
        content: "";
        position: absolute;
        inset: 9px auto auto -6px;
        width: 10px;
        height: 10px;
        border: 2px solid var(--line-strong);
        border-radius: 50%;
        background: var(--surface);
      }
      li.now::before {
        border-color: var(--accent);
        background: var(--accent);
      }
      a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
    `,
  ];

  render() {
    const entries = this.timeline ?? [];
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("clock", 16)}
        <h3 id="h">${t("timeline.heading")}</h3>
        <span class="n">${entries.length || ""}</span>
      </div>
      ${
        entries.length > 0
          ? html`<ol>
              ${entries.map((entry) => this.#entry(entry))}
            </ol>`
          : html`<p class="soft">${t("timeline.none")}</p>`
      }
    </section>`;
  }

  #entry({ conversation_id: id, started_at: at, state, summary }) {
    const now = id === this.openId;
    return html`<li class=${now ? "now" : ""} aria-current=${now ? "true" : "false"}>
      <p class="soft">${dayAndTime(at)} · ${now ? t("timeline.now") : t(`state.${state}`)}</p>
      ${now ? html`<span>${summary}</span>` : html`<a href="#c/${id}">${summary || t("timeline.no_summary")}</a>`}
    </li>`;
  }
}
customElements.define("customer-timeline", CustomerTimeline);
