/* What all cards share: one `card` property, the frame's styles, and the page's language. */
import { LitElement } from "lit";
import { base, buttons, cardFrame, pills } from "../base_styles.js";
import { LangController } from "../i18n.js";

export class CardElement extends LitElement {
  static properties = { card: { attribute: false } };
  static styles = [base, buttons, pills, cardFrame];

  constructor() {
    super();
    new LangController(this);
  }
}

const TONES = {
  unpaid: "warn",
  paid: "accent",
  picked: "accent",
  shipped: "accent",
  in_transit: "accent",
  delivering: "accent",
  signed: "ok",
  completed: "ok",
  done: "ok",
  exception: "danger",
  lost: "danger",
};

/** Colour of a status pill; the words beside it always say the same. */
export const toneOf = (status) => TONES[status] ?? "";
