/*
 * Where the customer writes. Enter sends, Shift+Enter breaks the line, Enter that ends an input
 * method's composition does neither. Emits `post`, `post-picture`, `typing`, `forget-context`.
 */
import { LitElement, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { base, buttons } from "../shared/base_styles.js";
import { fileSize } from "../shared/format.js";
import { LangController, t } from "../shared/i18n.js";
import { icon } from "../shared/icons.js";
import { composerStyles } from "./composer_styles.js";
import { TypingSign } from "./typing_sign.js";
import { ACCEPT, problemOf, uploadPicture } from "./upload.js";

const COUNTER_FROM = 0.9; // of the limit
const TALLEST_PX = 132;
/** Safari ends the composition before the key arrives; this code still tells it was the input method. */
const INPUT_METHOD_KEY = 229;

export class Composer extends LitElement {
  static properties = {
    limits: { attribute: false },
    token: { attribute: false },
    context: { attribute: false },
    draftKey: { attribute: false },
    text: { state: true },
    uploads: { state: true },
    isDragging: { state: true },
  };
  static styles = [base, buttons, composerStyles];

  #composing = false;
  #typing = new TypingSign((on) => this.#tell("typing", { on }));

  constructor() {
    super();
    this.text = "";
    this.uploads = [];
    this.isDragging = false;
    new LangController(this);
  }

  willUpdate(changed) {
    if (changed.has("draftKey")) this.text = this.text || this.#draft();
  }

  updated() {
    const area = this.#area();
    area.style.setProperty("height", "auto");
    area.style.setProperty("height", `${Math.min(area.scrollHeight, TALLEST_PX)}px`);
  }

  async focus() {
    await this.updateComplete;
    this.#area()?.focus();
  }

  render() {
    return html`<form
      class=${this.isDragging ? "dragging" : ""}
      @submit=${this.#submit}
      @dragover=${this.#dragOver}
      @dragleave=${() => (this.isDragging = false)}
      @drop=${this.#drop}
    >
      ${this.context ? this.#contextChip() : nothing} ${this.uploads.map((upload) => this.#upload(upload))}
      <div class="row">
        <input id="file" class="visually-hidden" type="file" accept=${ACCEPT} multiple tabindex="-1" aria-hidden="true" @change=${this.#picked} />
        <button type="button" class="icon-button" aria-label=${t("composer.picture")} title=${t("composer.picture")} @click=${() => this.renderRoot.querySelector("#file").click()}>
          ${icon("picture", 20)}
        </button>
        <label class="visually-hidden" for="text">${t("composer.label")}</label>
        <textarea
          id="text"
          rows="1"
          placeholder=${t("composer.placeholder")}
          enterkeyhint="send"
          aria-invalid=${this.#left < 0 ? "true" : nothing}
          aria-describedby=${this.#showsCounter ? "counter" : nothing}
          .value=${live(this.text)}
          @input=${this.#input}
          @keydown=${this.#key}
          @compositionstart=${() => (this.#composing = true)}
          @compositionend=${() => (this.#composing = false)}
          @paste=${this.#paste}
          @blur=${() => this.#typing.stop()}
        ></textarea>
        <button type="submit" class="icon-button send" aria-label=${t("composer.send")} title=${t("composer.send")} ?disabled=${!this.#canSend}>${icon("send", 20)}</button>
      </div>
      ${this.#showsCounter ? this.#counter() : nothing}
      ${this.isDragging ? html`<p class="drop">${icon("picture")}${t("composer.drop")}</p>` : nothing}
    </form>`;
  }

  #contextChip() {
    const { order_no: orderNo, product_id: productId } = this.context;
    const text = orderNo ? t("widget.about_order", { no: orderNo }) : t("widget.about_product", { no: this.context.title ?? productId });
    return html`<p class="chip context">
      ${icon(orderNo ? "order" : "bag", 16)}<span>${text}</span>
      <button type="button" class="icon-button" aria-label=${t("widget.about_remove")} @click=${() => this.#tell("forget-context")}>${icon("close", 14)}</button>
    </p>`;
  }

  #upload(upload) {
    if (upload.problem) return this.#failedUpload(upload);
    const percent = Math.round(upload.share * 100);
    return html`<div class="chip">
      ${icon("picture", 16)}<span>${t("upload.progress", { name: upload.file.name, n: percent })}</span>
      <progress max="100" .value=${percent} aria-label=${upload.file.name}></progress>
      <button type="button" class="icon-button" aria-label=${t("upload.cancel")} @click=${() => this.#remove(upload)}>${icon("close", 14)}</button>
    </div>`;
  }

  #failedUpload(upload) {
    return html`<div class="chip problem" role="alert">
      ${icon("alert", 16)}<span>${upload.problem}</span>
      ${upload.canRetry ? html`<button type="button" class="button small" @click=${() => this.#start(upload)}>${t("upload.retry")}</button>` : nothing}
      <button type="button" class="icon-button" aria-label=${t("action.close")} @click=${() => this.#remove(upload)}>${icon("close", 14)}</button>
    </div>`;
  }

  #counter() {
    const text = this.#left < 0 ? t("composer.over", { n: -this.#left }) : t("composer.left", { n: this.#left });
    return html`<p id="counter" class="counter ${this.#left < 0 ? "over" : ""}" role="status">${text}</p>`;
  }

  get #limit() {
    return this.limits?.text ?? 4000;
  }

  /** Counted as the desk counts: characters, not the halves JavaScript makes of some. */
  get #left() {
    return this.#limit - [...this.text].length;
  }

  get #showsCounter() {
    return this.#left <= this.#limit * (1 - COUNTER_FROM);
  }

  get #canSend() {
    return this.text.trim() !== "" && this.#left >= 0;
  }

  #input(event) {
    this.text = event.target.value;
    this.#keepDraft();
    this.#typing.stroke(this.text !== "");
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (this.#composing || event.isComposing || event.keyCode === INPUT_METHOD_KEY) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(event) {
    event?.preventDefault();
    if (!this.#canSend) return;
    this.#tell("post", { text: this.text.trim() });
    this.text = "";
    this.#keepDraft();
    this.#typing.stop();
    this.focus();
  }

  #picked(event) {
    this.#add([...event.target.files]);
    event.target.value = "";
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#add(files);
  }

  #dragOver(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isDragging = true;
  }

  #drop(event) {
    event.preventDefault();
    this.isDragging = false;
    this.#add([...(event.dataTransfer?.files ?? [])]);
  }

  /** A choice after a refusal replaces it; what may still be sent stays. */
  #add(files) {
    this.uploads = this.uploads.filter((upload) => !upload.problem || upload.canRetry);
    for (const file of files) {
      const upload = { file, share: 0, problem: null, canRetry: false };
      this.uploads = [...this.uploads, upload];
      const problem = problemOf(file, this.#pictureLimit);
      if (problem) this.#fail(upload, t(problem, { size: fileSize(file.size), limit: fileSize(this.#pictureLimit) }), false);
      else this.#start(upload);
    }
  }

  get #pictureLimit() {
    return this.limits?.picture_bytes ?? 10_485_760;
  }

  async #start(upload) {
    Object.assign(upload, { problem: null, share: 0, cancel: new AbortController() });
    this.requestUpdate();
    try {
      const done = await uploadPicture({
        file: upload.file,
        token: this.token,
        signal: upload.cancel.signal,
        onProgress: (share) => this.#progress(upload, share),
      });
      this.#remove(upload);
      this.#tell("post-picture", { upload: done, preview: URL.createObjectURL(upload.file) });
    } catch (error) {
      if (upload.cancel.signal.aborted) return;
      const isFinal = ["bad_request", "too_large"].includes(error.code);
      this.#fail(upload, isFinal && error.message !== error.code ? error.message : t("upload.failed"), !isFinal);
    }
  }

  #progress(upload, share) {
    upload.share = share;
    this.requestUpdate();
  }

  #fail(upload, problem, canRetry) {
    Object.assign(upload, { problem, canRetry });
    this.requestUpdate();
  }

  #remove(upload) {
    upload.cancel?.abort();
    this.uploads = this.uploads.filter((other) => other !== upload);
  }

  #draft() {
    try {
      return sessionStorage.getItem(this.draftKey) ?? "";
    } catch {
      return "";
    }
  }

  #keepDraft() {
    try {
      sessionStorage.setItem(this.draftKey, this.text);
    } catch {
      // Without storage a draft does not survive a reload; nothing else changes.
    }
  }

  #area() {
    return this.renderRoot.querySelector("textarea");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("baton-composer", Composer);
