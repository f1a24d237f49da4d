/* Where the parcels of an order are: newest event first, the rest on demand. */
import { css, html, nothing } from "lit";
import { day, dayAndTime } from "../format.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { CardElement } from "./card_element.js";
import { trackStyles } from "./track_styles.js";

const SHOWN_AT_FIRST = 3;

export class ParcelTraceCard extends CardElement {
  static styles = [
    ...CardElement.styles,
    trackStyles,
    css`
      .parcel + .parcel {
        padding-top: var(--s-3);
        border-top: 1px dashed var(--line);
      }
      details summary {
        width: fit-content;
        padding: var(--s-1) 0;
        border-radius: var(--r-s);
        color: var(--accent-ink);
        font-size: var(--f-s);
        cursor: pointer;
      }
    `,
  ];

  render() {
    const { order_no: orderNo, parcels } = this.card;
    return html`<article class="card" aria-label=${t("card.trace_label", { no: orderNo })}>
      <header>${icon("truck")}<h3>${t("card.trace")}</h3><span class="push small muted break">${orderNo}</span></header>
      <div class="body">${parcels.map((parcel, index) => this.#parcel(parcel, index))}</div>
    </article>`;
  }

  #parcel(parcel, index) {
    const many = this.card.parcels.length > 1;
    return html`<section class="parcel">
      <div class="pair">
        <span class="small muted break">${many ? t("card.parcel_n", { n: index + 1 }) : nothing} ${parcel.carrier} ${parcel.waybill_no}</span>
        <span class="pill accent">${parcel.status_label}</span>
      </div>
      ${parcel.promised_at ? html`<p class="small">${t("card.promised_at", { at: day(parcel.promised_at) })}</p>` : nothing}
      ${this.#events(parcel.events)}
    </section>`;
  }

  #events(events) {
    if (events.length === 0) return html`<p class="small muted">${t("card.no_trace")}</p>`;
    const older = events.slice(SHOWN_AT_FIRST);
    return html`<ol class="track">${events.slice(0, SHOWN_AT_FIRST).map((event, i) => this.#event(event, i === 0))}</ol>
      ${older.length > 0
        ? html`<details>
            <summary>${t("card.older_events", { n: older.length })}</summary>
            <ol class="track">${older.map((event) => this.#event(event, false))}</ol>
          </details>`
        : nothing}`;
  }

  #event(event, newest) {
    return html`<li class=${newest ? "current" : "done"}>
      <p>${event.text}</p>
      <p class="tiny muted">${dayAndTime(event.at)}${event.place ? ` · ${event.place}` : ""}</p>
    </li>`;
  }
}

customElements.define("baton-parcel-trace-card", ParcelTraceCard);
