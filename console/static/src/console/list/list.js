// The left column: tabs with counts, search, rows, and an honest word when there are none.
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { accept } from "../model/commands.js";
import { belongsTo, VIEWS } from "../model/views.js";
import { skeletonRows, skeletonStyles } from "../shell/skeleton.js";
import "./row.js";
import { listStyles } from "./list_styles.js";

const SEARCH_PAUSE_MS = 250;

export class ConversationList extends DeskElement {
  static properties = { loadingMore: { state: true }, accepting: { state: true } };
  static styles = [...DeskElement.styles, skeletonStyles, listStyles];

  #searchTimer;

  render() {
    return html`${this.#tabs()}${this.#search()}
      <div class="rows" id="rows" role="tabpanel" aria-label=${t(`view.${this.desk.view}`)}>${this.#rows()}</div>`;
  }

  focusSearch() {
    this.$("input").focus();
    this.$("input").select();
  }

  /** The waiting conversation whose row has the focus, or null. */
  focusedWaiting() {
    const row = [...this.renderRoot.querySelectorAll("conversation-row")].find((one) => one.renderRoot.activeElement);
    return row && belongsTo("waiting", row.summary) ? row.summary.conversation_id : null;
  }

  /** Puts the focus on the row of this conversation, else on the first, else on the tab. */
  focusRow(id) {
    const rows = [...this.renderRoot.querySelectorAll("conversation-row")];
    const row = rows.find(({ summary }) => summary.conversation_id === id) ?? rows[0];
    (row?.renderRoot.querySelector("a") ?? this.$('[aria-selected="true"]')).focus();
  }

  /** Moves the focus `step` rows on; from outside the list it starts at the open conversation. */
  step(step) {
    const links = [...this.renderRoot.querySelectorAll("conversation-row")].map((row) =>
      row.renderRoot.querySelector("a"),
    );
    const focused = links.findIndex((link) => link === link.getRootNode().activeElement);
    const open = links.findIndex((link) => link.getAttribute("aria-current") === "true");
    const from = focused >= 0 ? focused : open;
    const to = from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + step));
    links[to]?.focus();
    links[to]?.scrollIntoView({ block: "nearest" });
  }

  #tabs() {
    return html`<div class="tabs" role="tablist" aria-label=${t("list.tabs")} @keydown=${this.#tabKey}>
      ${VIEWS.map((view, index) => this.#tab(view, index))}
    </div>`;
  }

  #tab(view, index) {
    const selected = view === this.desk.view;
    const counted = view !== "resolved" && this.desk.lists.status[view].state === "ready";
    return html`<button
      role="tab"
      aria-selected=${selected}
      aria-controls="rows"
      tabindex=${selected ? 0 : -1}
      aria-keyshortcuts=${index + 1}
      title=${t("list.tab_key", { n: index + 1 })}
      @click=${() => this.desk.setView(view)}>
      ${t(`view.${view}`)}${counted ? html`<span class="n">${this.desk.summariesIn(view).length}</span>` : nothing}
    </button>`;
  }

  #tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = (VIEWS.indexOf(this.desk.view) + step + VIEWS.length) % VIEWS.length;
    this.desk.setView(VIEWS[index]);
    this.updateComplete.then(() => this.$('[aria-selected="true"]').focus());
  }

  #search() {
    return html`<div class="search">
      ${icon("search", 15)}
      <input
        type="search"
        aria-label=${t("list.search")}
        placeholder=${t("list.search")}
        .value=${this.desk.query}
        aria-keyshortcuts="/"
        @input=${this.#typed}
        @keydown=${this.#searchKey} /><kbd aria-hidden="true">/</kbd>
    </div>`;
  }

  #typed(event) {
    const query = event.target.value;
    this.desk.query = query;
    this.desk.changed();
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.desk.search(query), SEARCH_PAUSE_MS);
  }

  #searchKey(event) {
    if (event.key === "ArrowDown") this.step(1);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.desk.search("");
    this.updateComplete.then(() => this.focusRow(this.desk.open?.id));
  }

  #rows() {
    const { shown, view, lists } = this.desk;
    const { state } = lists.status[view];
    if (state === "barred") return this.#barred();
    if (shown.length === 0 && state !== "ready") return state === "error" ? this.#failed() : skeletonRows(6);
    if (shown.length === 0) return this.#empty();
    return html`${state === "error" ? this.#partial() : nothing}
      <ul>
        ${repeat(
          shown,
          (summary) => summary.conversation_id,
          (summary) => this.#row(summary),
        )}
      </ul>
      ${this.#more()}`;
  }

  #row(summary) {
    const id = summary.conversation_id;
    const waiting = this.desk.view === "waiting";
    return html`<li>
      <conversation-row
        .summary=${summary}
        ?current=${this.desk.open?.id === id}
        ?mine=${this.desk.view === "mine"}
        .unsent=${this.desk.left.count(id)}></conversation-row>
      ${
        waiting
          ? html`<div class="take">
              <button class="button soft small" ?disabled=${this.accepting === id} @click=${() => this.#accept(id)}>
                ${icon("check", 14)}${t("action.accept")}<span class="visually-hidden">${summary.customer.name}</span>
              </button>
            </div>`
          : nothing
      }
    </li>`;
  }

  async #accept(id) {
    this.accepting = id;
    await accept(this.desk, id).catch(() => {}); // the refusal has been said
    this.accepting = null;
  }

  #more() {
    const { view, lists } = this.desk;
    if (lists.status[view].before === null) return nothing;
    return html`<div class="more">
      <button class="button small" ?disabled=${this.loadingMore} @click=${this.#loadMore}>${t("list.more")}</button>
    </div>`;
  }

  async #loadMore() {
    this.loadingMore = true;
    await this.desk.lists.loadMore(this.desk.view).catch(() => this.desk.say("error.offline", {}, "bad"));
    this.loadingMore = false;
  }

  #empty() {
    const key = this.desk.query ? "search" : this.desk.view;
    return html`<div class="empty">
      ${icon(this.desk.query ? "search" : "chat", 28)}<strong>${t(`list.empty_${key}`)}</strong
      ><span>${t(`list.empty_${key}_hint`)}</span>
    </div>`;
  }

  /** Something is on the screen, but not everything. */
  #partial() {
    return html`<p class="partial" role="alert">
      ${icon("offline", 15)}<span>${t("list.failed")}</span>
      <button class="button small" @click=${() => this.desk.lists.load(this.desk.view)}>${t("action.retry")}</button>
    </p>`;
  }

  /** An account that serves nobody. */
  #barred() {
    return html`<div class="empty">
      ${icon("lock", 28)}<strong>${t("list.barred")}</strong><span>${t("list.barred_hint")}</span>
    </div>`;
  }

  #failed() {
    return html`<div class="empty" role="alert">
      ${icon("offline", 28)}<strong>${t("list.failed")}</strong>
      <button class="button" @click=${() => this.desk.lists.load(this.desk.view)}>${t("action.retry")}</button>
    </div>`;
  }
}
customElements.define("conversation-list", ConversationList);
