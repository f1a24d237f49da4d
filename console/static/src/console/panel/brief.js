// The handoff brief: everything the last runner knew, in ten lines, so that nothing is asked twice.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { word } from "../model/word.js";
import { titleOf } from "../model/facts.js";
import { sectionStyles } from "./section_styles.js";

const LINES = [
  "note",
  "doing",
  "who",
  "what",
  "reason",
  "order_no",
  "known",
  "tried",
  "policy",
  "mood",
  "promises",
  "pictures",
  "wish",
];

export class HandoffBrief extends DeskElement {
  static properties = { brief: { attribute: false }, orders: { attribute: false } };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    css`
      section {
        background: var(--agent-soft);
      }
      h3,
      .title svg {
        color: var(--agent-ink);
      }
      dl {
        display: grid;
        gap: 5px;
      }
      dl > div {
        display: grid;
        grid-template-columns: 5.2em minmax(0, 1fr);
        gap: var(--s-2);
      }
      dt {
        color: var(--text-soft);
      }
      dd {
        overflow-wrap: anywhere;
      }
      q {
        font-weight: 600;
      }
      .next {
        display: flex;
        gap: var(--s-2);
        margin-top: var(--s-3);
        padding: var(--s-2) var(--s-3);
        border-radius: var(--r-m);
        background: var(--surface);
      }
      .next svg {
        margin-top: 2px;
        color: var(--agent-ink);
      }
    `,
  ];

  render() {
    const lines = LINES.map((name) => [name, inWords(readable(this.brief, this.orders ?? [])[name])]).filter(
      ([, value]) => value.length > 0,
    );
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("note", 16)}
        <h3 id="h">${t("brief.heading")}</h3>
      </div>
      <dl>${lines.map(([name, value]) => this.#line(name, value))}</dl>
      ${this.#next()}
    </section>`;
  }

  #line(name, values) {
    const shown =
      name === "what"
        ? values.map((text) => html`<q>${text}</q>`)
        : values.map((text, index) => html`${index > 0 ? t("brief.between") : ""}${text}`);
    return html`<div>
      <dt>${t(`brief.${name}`)}</dt>
      <dd>${shown}</dd>
    </div>`;
  }

  #next() {
    const { next_step: step } = this.brief;
    return step
      ? html`<p class="next">
          ${icon("arrow", 15)}<span><b>${t("brief.next_step")}</b> ${inWords(step).join(t("brief.between"))}</span>
        </p>`
      : nothing;
  }
}
customElements.define("handoff-brief", HandoffBrief);

/** Codes and figures of a brief in the agent's language; 0 and nothing stay away. */
function readable(brief, orders) {
  const { mood, reason, pictures, known = [], note, from } = brief;
  return {
    ...brief,
    note: note && from ? t("brief.note_from", { note, from }) : note,
    mood: mood > 0 ? t(`emotion.${mood}`) : null,
    reason: reason && word("wait_reason", reason),
    known: known.map(([label, value]) => t("brief.fact", { label, value: titleOf(value, orders) ?? value })),
    pictures: pictures > 0 ? t("brief.pictures_n", { n: pictures }) : null,
  };
}

/** A brief's value as a list of sentences. */
export function inWords(value) {
  if (value === null || value === undefined || value === "") return [];
  return Array.isArray(value) ? value.flatMap(inWords) : [String(value)];
}
