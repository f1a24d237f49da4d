// The sign-in page. A wrong password and an unknown login read the same.
import { html, nothing } from "lit";
import { hasText, lang, t } from "../../shared/i18n.js";
import { formStyles } from "../dialogs/form_styles.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { Api } from "../model/api.js";
import { failureWords } from "../model/commands.js";
import { keepLang } from "./preferences.js";
import { signInStyles } from "./sign_in_styles.js";

export class SignIn extends DeskElement {
  static properties = {
    failure: { state: true },
    busy: { state: true },
    shown: { state: true },
    missing: { state: true },
  };
  static styles = [...DeskElement.styles, formStyles, signInStyles];

  constructor() {
    super();
    this.missing = new Set();
  }

  firstUpdated() {
    this.$("#login").focus();
    document.title = t("sign_in.title");
  }

  render() {
    return html`<form novalidate @submit=${this.#submit}>
        <h1><span class="mark" aria-hidden="true"></span>baton <span class="sub">${t("console.title")}</span></h1>
        ${this.#failed()}${this.#field("login", "text", "username")}${this.#field("password", this.shown ? "text" : "password", "current-password")}
        <button class="button primary" ?disabled=${this.busy}>${t(this.busy ? "sign_in.busy" : "sign_in.go")}</button>
      </form>
      <div class="langs" role="group" aria-label=${t("top.lang")}>
        ${[
          ["zh", "中文"],
          ["en", "English"],
        ].map(
          ([code, words]) =>
            html`<button
              class="button quiet small"
              lang=${code}
              aria-pressed=${lang() === code}
              @click=${() => keepLang(code)}>
              ${words}
            </button>`,
        )}
      </div>`;
  }

  #field(name, type, autocomplete) {
    const wrong = this.missing.has(name);
    return html`<div class="field">
      <label for=${name}>${t(`sign_in.${name}`)}</label>
      <div class=${name === "password" ? "secret" : ""}>
        <input
          id=${name}
          name=${name}
          type=${type}
          autocomplete=${autocomplete}
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${wrong ? "true" : "false"}
          aria-describedby=${wrong ? `${name}-wrong` : nothing} />${name === "password" ? this.#eye() : nothing}
      </div>
      ${wrong ? html`<p class="wrong" id="${name}-wrong">${t(`sign_in.${name}_missing`)}</p>` : nothing}
    </div>`;
  }

  #eye() {
    return html`<button
      type="button"
      class="icon-button"
      aria-pressed=${this.shown ? "true" : "false"}
      aria-label=${t("sign_in.show_password")}
      title=${t("sign_in.show_password")}
      @click=${() => {
        this.shown = !this.shown;
      }}>
      ${icon("eye", 17)}
    </button>`;
  }

  #failed() {
    if (!this.failure) return nothing;
    const [key, values] = this.failure;
    return html`<p class="failure" role="alert">
      ${icon("alert", 16)}<span>${hasText(key) ? t(key, values) : values.message || t("error.error")}</span>
    </p>`;
  }

  async #submit(event) {
    event.preventDefault();
    const [login, password] = [this.$("#login").value.trim(), this.$("#password").value];
    this.missing = new Set([!login && "login", !password && "password"].filter(Boolean));
    if (this.missing.size > 0) return this.$(`#${[...this.missing][0]}`).focus();
    Object.assign(this, { busy: true, failure: null });
    try {
      await new Api().post("/console/login", { login, password });
      location.reload(); // the same address is the console now
    } catch (error) {
      this.failure = signInWords(error);
      this.busy = false;
      this.$("#password").select();
    }
    return undefined;
  }
}
customElements.define("sign-in", SignIn);

function signInWords(error) {
  if (error.code === "too_often") {
    const minutes = Math.max(1, Math.ceil(Number(error.details?.retry_after_s ?? 60) / 60));
    return ["sign_in.too_often", { n: minutes }];
  }
  if (error.code === "not_signed_in" || error.code === "not_allowed" || error.code === "wrong_credentials")
    return ["sign_in.wrong", {}];
  return failureWords(error);
}
