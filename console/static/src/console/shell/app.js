// The console's frame: bar, banner, three columns, and what floats above them. The address after "#"
// says which conversation is open, so "back" on a phone and a reload both do what people expect.
import { html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import "../list/list.js";
import "../panel/panel.js";
import "../thread/thread.js";
import { pressKey } from "./keys.js";
import "./offers.js";
import "./top_bar.js";
import "./words.js";
import { appStyles } from "./app_styles.js";

const BANNER_AFTER_MS = 1_500; // a blink of the line is nobody's business

export class ConsoleApp extends DeskElement {
  static properties = { panelOpen: { state: true }, lineLost: { state: true } };
  static styles = [...DeskElement.styles, appStyles];

  #lineTimer;

  get list() {
    return this.$("conversation-list");
  }

  get thread() {
    return this.$("conversation-thread");
  }

  get topBar() {
    return this.$("top-bar");
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#follow);
    window.addEventListener("keydown", this.#key);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.#follow);
    window.removeEventListener("keydown", this.#key);
  }

  firstUpdated() {
    this.desk.start().then(() => this.#follow());
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.desk.meState === "signed_out") location.assign("/console");
    this.#watchLine();
  }

  updated() {
    // Accepting from an offer opens a conversation; the address follows.
    const id = this.desk.open?.id;
    if (id && location.hash !== `#c/${id}` && this.desk.me && !this.#following) history.pushState(null, "", `#c/${id}`);
  }

  render() {
    if (this.desk.meState === "error") return this.#failed();
    if (!this.desk.me) return html`<div class="center" role="status">${t("loading")}</div>`;
    const classes = `${this.desk.open ? "thread-open" : ""} ${this.panelOpen ? "panel-open" : ""}`;
    return html`<top-bar .desk=${this.desk}></top-bar>
      <div role="status">
        ${this.lineLost ? html`<div class="banner">${icon("offline", 16)}${t("line.lost")}</div>` : nothing}
      </div>
      <main class=${classes} @toggle-panel=${() => this.togglePanel()}>
        <conversation-list .desk=${this.desk}></conversation-list>
        <conversation-thread .desk=${this.desk}></conversation-thread>
        <div class="scrim" @click=${() => this.togglePanel(false)}></div>
        <customer-panel .desk=${this.desk}></customer-panel>
      </main>
      <handoff-offers .desk=${this.desk}></handoff-offers><desk-words .desk=${this.desk}></desk-words>`;
  }

  togglePanel(open = !this.panelOpen) {
    this.panelOpen = open;
  }

  /** Esc steps back: drawer, search, conversation. */
  escape() {
    if (this.panelOpen) return this.togglePanel(false);
    if (this.desk.query) return this.desk.search("");
    if (this.desk.open) location.hash = "";
    return undefined;
  }

  #following = false;

  #follow = () => {
    if (!this.desk.me) return;
    const id = /^#c\/(.+)$/.exec(location.hash)?.[1];
    this.#following = true;
    if (id) this.desk.openConversation(decodeURIComponent(id));
    else this.#close();
    this.panelOpen = false;
    this.#following = false;
  };

  /** Where the conversation was, the focus goes to its row. */
  #close() {
    const left = this.desk.open?.id;
    this.desk.closeConversation();
    if (left) this.updateComplete.then(() => this.list.focusRow(left));
  }

  #key = (event) => pressKey(event, this);

  #watchLine() {
    if (this.desk.line !== "down") {
      clearTimeout(this.#lineTimer);
      this.#lineTimer = null;
      this.lineLost = false;
    } else if (!this.#lineTimer) {
      this.#lineTimer = setTimeout(() => {
        this.lineLost = true;
      }, BANNER_AFTER_MS);
    }
  }

  #failed() {
    return html`<div class="center" role="alert">
      ${icon("offline", 36)}<strong>${t("console.failed")}</strong
      ><button class="button primary" @click=${() => this.desk.start().then(() => this.#follow())}>
        ${t("action.retry")}
      </button>
    </div>`;
  }
}
customElements.define("console-app", ConsoleApp);
