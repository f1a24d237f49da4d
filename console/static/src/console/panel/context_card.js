// What is known in this case and where it comes from; what was asked, so nobody asks it again; what was tried.
import { css, html, nothing } from "lit";
import { relative } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { questions } from "../model/asked.js";
import { word } from "../model/word.js";
import { sectionStyles } from "./section_styles.js";

const UNSURE_BELOW = 0.95;

export class ContextCard extends DeskElement {
  static properties = { card: { attribute: false }, reasked: { type: Number } };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    css`
      .fact {
        display: grid;
        grid-template-columns: 5.2em minmax(0, 1fr);
        gap: 0 var(--s-2);
        padding: 4px 0;
      }
      .fact + .fact {
        border-top: 1px solid var(--line);
      }
      dt {
        color: var(--text-soft);
      }
      dd {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      dd.soft {
        grid-column: 2;
        font-weight: 400;
      }
      h4 {
        margin: var(--s-3) 0 2px;
        color: var(--text-soft);
        font-size: var(--f-xs);
        font-weight: 600;
      }
      li {
        display: flex;
        gap: 6px;
        align-items: baseline;
        padding: 2px 0;
      }
      li svg {
        align-self: center;
        color: var(--text-soft);
      }
      li .soft {
        margin-inline-start: auto;
        white-space: nowrap;
      }
    `,
  ];

  render() {
    const { facts = [], asked = [], tried = [] } = this.card ?? {};
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("shield", 16)}
        <h3 id="h">${t("context.heading")}</h3>
        <span class="n">${facts.length || ""}</span>
        ${this.reasked > 0 ? html`<span class="pill danger push">${t("context.reasked", { n: this.reasked })}</span>` : nothing}
      </div>
      ${facts.length > 0 ? html`<dl>${facts.map((fact) => this.#fact(fact))}</dl>` : html`<p class="soft">${t("context.none")}</p>`}
      ${this.#list("context.asked", questions(asked, facts), "check")}${this.#list("context.tried", tried, "retry")}
    </section>`;
  }

  #fact({ label, shown, value, source, at, confidence }) {
    return html`<div class="fact">
      <dt>${label}</dt>
      <dd>
        ${shown ?? value}${confidence < UNSURE_BELOW ? html` <span class="pill warn">${t("context.unsure")}</span>` : nothing}
      </dd>
      <dd class="soft">${t("context.from", { source: word("source", source), at: relative(at) })}</dd>
    </div>`;
  }

  #list(heading, entries, sign) {
    if (entries.length === 0) return nothing;
    return html`<h4>${t(heading)}</h4>
      <ul>
        ${entries.map((entry) => this.#entry(entry, sign))}
      </ul>`;
  }

  #entry({ label, what, result, text, asked_by: by, at, is_reask: again, is_open: open }, sign) {
    const words = label ?? [what, result].filter(Boolean).join(": ");
    return html`<li title=${text ?? nothing}>
      ${icon(open ? "clock" : sign, 13)}<span class="break">${words}</span>
      ${open ? html`<span class="pill warn">${t("context.unanswered")}</span>` : nothing}
      ${again ? html`<span class="pill danger">${t("context.known_again")}</span>` : nothing}
      <span class="soft">${by ? `${word("source", by)} · ` : ""}${relative(at)}</span>
    </li>`;
  }
}
customElements.define("context-card", ContextCard);
