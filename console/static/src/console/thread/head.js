// Head of the thread: who it is, where the conversation stands, and what the agent may do with it now.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import "../list/wait_clock.js";
import { word } from "../model/word.js";
import { actionsFor, runAction } from "../shell/actions.js";
import { headStyles } from "./head_styles.js";

export class ThreadHead extends DeskElement {
  static properties = { busy: { state: true } };
  static styles = [...DeskElement.styles, headStyles];

  render() {
    const summary = this.desk.openSummary;
    return html`<a class="icon-button back" href="#" aria-label=${t("thread.back")} title=${t("thread.back")}
        >${icon("left")}</a
      >
      <div class="who">
        ${summary ? this.#person(summary) : html`<p class="state" role="status">${t("loading")}</p>`}
      </div>
      <div class="actions" role="toolbar" aria-label=${t("thread.actions")}>
        ${summary ? actionsFor(this.desk).map((action) => this.#action(action)) : nothing}
        <button
          class="icon-button panel"
          aria-label=${t("panel.label")}
          title=${t("panel.label")}
          @click=${() => this.#tell("toggle-panel")}>
          ${icon("panel")}
        </button>
      </div>`;
  }

  #person(summary) {
    return html`<h2>${summary.customer.name || t("customer.visitor")}${this.#verified(summary)}</h2>
      ${this.#state(summary)}`;
  }

  #verified(summary) {
    if (!summary.customer.verified) return html`<span class="pill">${t("customer.unverified")}</span>`;
    return html`<span class="pill ok">${icon("shield", 12)}${t("customer.verified")}</span>`;
  }

  #state({ state, assignee, waiting_since, emotion, lang, stage }) {
    const owner =
      state === "with_agent" && assignee
        ? t(assignee.id === this.desk.me.id ? "thread.mine" : "thread.owner", { name: assignee.name })
        : t(`state.${state}`);
    const words = [owner, stage && word("stage", stage), lang === "en" && "English"].filter(Boolean).join(" · ");
    return html`<div class="state">
      ${waiting_since ? html`<wait-clock .since=${waiting_since}></wait-clock>` : nothing}
      ${emotion > 0 ? html`<span class="pill ${emotion > 2 ? "danger" : "warn"}">${t(`emotion.${emotion}`)}</span>` : nothing}
      <span class="words" title=${words}>${words}</span>
    </div>`;
  }

  #action({ name, iconName, primary, key }) {
    return html`<button
      class="button ${primary ? "primary" : "secondary"}"
      ?disabled=${this.busy === name}
      aria-keyshortcuts=${key}
      aria-label=${t(`action.${name}`)}
      title="${t(`action.${name}`)} (${key})"
      @click=${() => this.#run(name)}>
      ${icon(iconName, 16)}<span class="label">${t(`action.${name}`)}</span>
    </button>`;
  }

  async #run(name) {
    this.busy = name;
    await runAction(this.desk, name, openDialog).catch(() => {}); // the refusal has been said
    this.busy = null;
  }

  #tell(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}
customElements.define("thread-head", ThreadHead);
