// The bar on top: own status, language, theme, help, sign out.
import { html } from "lit";
import { lang, t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { failureWords } from "../model/commands.js";
import { keepLang, keepTheme, theme, THEMES } from "./preferences.js";
import { topBarStyles } from "./top_bar_styles.js";

const STATUSES = ["online", "busy", "break", "offline"];

export class TopBar extends DeskElement {
  static styles = [...DeskElement.styles, topBarStyles];

  focusStatus() {
    this.$("select").focus();
  }

  render() {
    const { presence, me } = this.desk;
    const held = this.desk.summariesIn("mine").filter((summary) => summary.state !== "snoozed").length;
    return html`<h1>
        <span class="mark" aria-hidden="true"></span>baton <span class="sub">${t("console.title")}</span>
      </h1>
      <span class="load push" title=${t("top.load_hint")}>${t("top.load", { open: held, limit: me.limit })}</span>
      <label class="status"
        ><span class="dot ${presence}" aria-hidden="true"></span><span class="visually-hidden">${t("top.status")}</span>
        <select aria-keyshortcuts="s" @change=${this.#setStatus}>
          ${STATUSES.map((status) => html`<option value=${status} ?selected=${status === presence} .selected=${status === presence}>${t(`presence.${status}`)}</option>`)}
        </select></label
      >
      <button
        class="icon-button"
        aria-label=${t("help.heading")}
        title="${t("help.heading")} (?)"
        @click=${() => openDialog(this.desk, "help-dialog")}>
        ${icon("help")}
      </button>
      <details @focusout=${this.#left} @keydown=${this.#key}>
        <summary aria-label=${t("top.menu", { name: me.name })}>
          ${icon("person", 17)}<span class="name">${me.name}</span>${icon("down", 13)}
        </summary>
        ${this.#menu()}
      </details>`;
  }

  #menu() {
    return html`<div class="menu">
      ${this.#switch(
        "top.lang",
        [
          ["zh", "中文"],
          ["en", "English"],
        ],
        lang(),
        this.#keepLang,
      )}
      ${this.#switch(
        "top.theme",
        THEMES.map((name) => [name, t(`theme.${name}`)]),
        theme(),
        keepTheme,
      )}
      <button class="button" @click=${this.#signOut}>${icon("signout", 16)}${t("top.sign_out")}</button>
    </div>`;
  }

  #switch(label, choices, chosen, keep) {
    const choose = (value) => {
      keep(value);
      this.requestUpdate();
    };
    return html`<fieldset>
      <legend>${t(label)}</legend>
      <div class="switch">
        ${choices.map(([value, words]) => html`<button aria-pressed=${value === chosen} @click=${() => choose(value)}>${words}</button>`)}
      </div>
    </fieldset>`;
  }

  #keepLang = (value) => {
    keepLang(value);
    this.desk.speak(value);
  };

  async #setStatus(event) {
    const status = event.target.value;
    await this.desk.setPresence(status).catch((error) => this.desk.say(...failureWords(error), "bad"));
    // Offline with open conversations: they stay, so say it.
    const held = this.desk.summariesIn("mine").length;
    if (status === "offline" && held > 0 && this.desk.presence === "offline")
      this.desk.say("top.offline_holding", { n: held });
  }

  async #signOut() {
    await this.desk.signOut().then(
      () => location.assign("/console"),
      (error) => this.desk.say(...failureWords(error), "bad"),
    );
  }

  #left(event) {
    const details = event.currentTarget;
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  }

  #key(event) {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary").focus();
  }
}
customElements.define("top-bar", TopBar);
