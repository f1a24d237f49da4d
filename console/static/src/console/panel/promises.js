// The promise ledger of this case: what is owed, until when, and the two things that whom it concerns
// can do about it.
import { css, html, nothing } from "lit";
import { dayAndTime } from "../../shared/format.js";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import "./due_clock.js";
import { rowStyles, sectionStyles } from "./section_styles.js";

const OPEN = new Set(["open", "extended"]);
const SIGNS = { kept: "check", broken: "alert" };
const TONES = { kept: "ok", broken: "danger" };

export class CustomerPromises extends DeskElement {
  static properties = { promises: { attribute: false }, conversationId: {} };
  static styles = [
    ...DeskElement.styles,
    sectionStyles,
    rowStyles,
    css`
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-1);
        margin-top: 3px;
      }
      .acts span.soft {
        margin-inline-end: auto;
      }
    `,
  ];

  render() {
    const promises = [...(this.promises ?? [])].sort(
      (a, b) => Number(OPEN.has(b.state)) - Number(OPEN.has(a.state)) || Date.parse(a.due_at) - Date.parse(b.due_at),
    );
    return html`<section aria-labelledby="h">
      <div class="title">
        ${icon("promise", 16)}
        <h3 id="h">${t("promises.heading")}</h3>
        ${this.desk.isMine ? html`<button class="icon-button push" aria-label=${t("promise.heading")} title="${t("promise.heading")} (p)" @click=${this.#make}>${icon("plus", 16)}</button>` : nothing}
      </div>
      ${
        promises.length > 0
          ? html`<ul>
              ${promises.map((promise) => this.#promise(promise))}
            </ul>`
          : html`<p class="soft">${t("promises.none")}</p>`
      }
    </section>`;
  }

  #promise(promise) {
    const { text, due_at: dueAt, state, steps } = promise;
    const extended = state === "extended";
    if (!OPEN.has(state))
      return html`<li>
        <div class="line muted">
          <span class="break">${text}</span
          ><span class="pill ${TONES[state] ?? ""}"
            >${icon(SIGNS[state] ?? "minus", 12)}${t(`promise.${state}`)}</span
          >
        </div>
      </li>`;
    return html`<li>
      <div class="line"><b>${text}</b><due-clock .due=${dueAt}></due-clock></div>
      <div class="acts">
        <span class="soft"
          >${dayAndTime(dueAt)}${this.#owner(promise)}${extended ? ` · ${t("promise.extended")}` : ""}</span
        >
        ${steps.includes("keep") ? html`<button class="button small soft" @click=${() => this.#keep(promise)}>${t("promise.keep")}</button>` : nothing}
        ${steps.includes("extend") ? html`<button class="button small" @click=${() => this.#extend(promise)}>${t("promise.extend")}</button>` : nothing}
      </div>
    </li>`;
  }

  #owner({ owner_id: id }) {
    const owner = id === this.desk.me.id ? this.desk.me : this.desk.agents.find((agent) => agent.id === id);
    return owner ? ` · ${owner.name}` : "";
  }

  #make() {
    openDialog(this.desk, "promise-dialog", { conversationId: this.conversationId });
  }

  #keep(promise) {
    openDialog(this.desk, "keep-promise-dialog", { promise });
  }

  #extend(promise) {
    openDialog(this.desk, "extend-promise-dialog", { promise, dueAt: null });
  }
}
customElements.define("customer-promises", CustomerPromises);
