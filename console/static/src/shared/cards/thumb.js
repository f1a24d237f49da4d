/* A product picture that never leaves a broken-image sign behind. */
import { LitElement, css, html } from "lit";
import { base } from "../base_styles.js";
import { icon } from "../icons.js";

export class BatonThumb extends LitElement {
  static properties = { src: {}, alt: {}, missing: { state: true } };
  static styles = [
    base,
    css`
      :host {
        display: block;
        flex: none;
        width: 52px;
        aspect-ratio: 1;
        overflow: hidden;
        border-radius: var(--r-m);
        background: var(--sunken);
        color: var(--text-soft);
      }
      img {
        display: block;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      span {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  willUpdate(changed) {
    if (changed.has("src")) this.missing = !this.src;
  }

  render() {
    if (this.missing) return html`<span role=${this.alt ? "img" : "presentation"} aria-label=${this.alt ?? ""}>${icon("bag", 22)}</span>`;
    return html`<img src=${this.src} alt=${this.alt ?? ""} loading="lazy" decoding="async" @error=${this.#gone} />`;
  }

  #gone() {
    this.missing = true;
  }
}

customElements.define("baton-thumb", BatonThumb);
