/* Line icons, drawn for this product on a 20-unit grid. Decorative: the label stands beside them. */
import { html, svg } from "lit";

const PATHS = {
  chat: "M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9L5 17.5v-3H4A1.5 1.5 0 0 1 2.5 13V6A1.5 1.5 0 0 1 4 4.5Z",
  close: "m5 5 10 10M15 5 5 15",
  down: "m5 8 5 5 5-5",
  send: "M10 16.5v-13M4.5 9 10 3.5 15.5 9",
  picture: "M3 4.5h14v11H3zM3 13l4-4 3.5 3.5L13 10l4 4M12.5 7.5h.01",
  person: "M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.5 17c.7-3 3.3-4.5 6.5-4.5s5.8 1.5 6.5 4.5",
  bot: "M5 7.5h10a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 14V9A1.5 1.5 0 0 1 5 7.5ZM10 7.5V4M8 4h4M7.5 11v1M12.5 11v1",
  order: "M5 2.5h10v15l-2.5-1.5-2.5 1.5-2.5-1.5L5 17.5zM8 6.5h4M8 9.5h4",
  truck: "M2.5 5h9v9h-9zM11.5 8h3l3 3v3h-6M6 15.75a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM14 15.75a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  tag: "M3 3.5h6.5l7.5 7.5-6 6L3.5 9.5zM6.5 7h.01",
  shield: "M10 2.5 16 5v4.5c0 4-2.6 6.8-6 8-3.4-1.2-6-4-6-8V5zM7.25 9.75l2 2 3.5-3.75",
  back: "M8 4.5 4 8.5l4 4M4 8.5h7.5a4 4 0 0 1 0 8H9",
  coin: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.5 6.5 10 9.75l2.5-3.25M10 9.75V14M7.75 10.5h4.5M7.75 12.25h4.5",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.25l2.75 1.75",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  checks: "m2 10.5 3 3 6.5-7M9 12.5l1 1 7-7",
  minus: "M5 10h10",
  alert: "M10 3 18 16.5H2zM10 8v4M10 14.25h.01",
  offline: "M3 3l14 14M3 8.5a10 10 0 0 1 3.5-2.25M17 8.5a10 10 0 0 0-6.5-2.95M5.75 11.5a6 6 0 0 1 3-1.5M8.5 14.5a2.25 2.25 0 0 1 3 0",
  retry: "M16 10a6 6 0 1 1-1.75-4.25M16.5 3v3.5H13",
  trash: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.75 11h7.5l.75-11",
  plus: "M10 4v12M4 10h12",
  bag: "M4 6.5h12l1 10.5H3zM7 8.5V6a3 3 0 0 1 6 0v2.5",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  arrow: "M4 10h12M11 5l5 5-5 5",
  left: "M16 10H4M9 5l-5 5 5 5",
};

/** Icon by name; `size` in px. */
export function icon(name, size = 18) {
  return html`<svg width=${size} height=${size} viewBox="0 0 20 20" fill="none" stroke="currentColor"
    stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"
    >${svg`<path d=${PATHS[name] ?? ""} />`}</svg>`;
}

export const iconNames = Object.keys(PATHS);
