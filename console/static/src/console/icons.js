// Line icons only the console needs, on the same 20-unit grid as the shared ones. Decorative: a label stands beside.
import { html, svg } from "lit";
import { icon as sharedIcon, iconNames } from "../shared/icons.js";

const PATHS = {
  wechat:
    "M8 4C4.700 4 2.500 6 2.500 8.500c0 1.500.8 2.700 2 3.500L4 14l2.200-1.200c.6.15 1.200.2 1.800.2M13 8c-2.700 0-4.800 1.700-4.800 4s2.100 4 4.800 4c.5 0 1-.1 1.500-.2l1.800 1-.4-1.700c1-.7 1.600-1.800 1.600-3.100C17.500 9.700 15.700 8 13 8Z",
  mail: "M2.500 5h15v10h-15zM3 5.500l7 5.500 7-5.500",
  app: "M6 2.500h8v15H6zM9 15h2",
  phone:
    "M5 3h2.500l1.500 3.500-2 1.500c.8 2 2.500 3.700 4.500 4.500l1.500-2L17 12v2.500c0 1.500-1.200 2.500-2.500 2.500C8.500 16.500 3.500 11.500 3 5.500 3 4.200 3.800 3 5 3Z",
  note: "M4 3.500h12v9l-4 4H4zM12 16.500v-4h4M7 7.500h6M7 10.500h3",
  transfer: "M3 7h12M12 4l3 3-3 3M17 13H5M8 10l-3 3 3 3",
  promise: "M5 17V3.500h9l-2 3 2 3H5",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  help: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM8 8c0-1.200.9-2 2-2s2 .8 2 1.800c0 1.400-2 1.500-2 3.200M10 13.500h.01",
  eye: "M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5ZM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  signout: "M11 3.500H4v13h7M8 10h9M14 7l3 3-3 3",
  panel: "M3 4h14v12H3zM12.500 4v12",
  slash: "M12.500 4l-5 12",
  calm: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z",
};

export function icon(name, size = 18) {
  if (iconNames.includes(name)) return sharedIcon(name, size);
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false">
    ${svg`<path d=${PATHS[name] ?? ""} />`}
  </svg>`;
}
