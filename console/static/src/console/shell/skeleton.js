// Grey shapes while something loads; screen readers hear one word instead.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";

export const skeletonStyles = css`
  .skeleton {
    display: grid;
    gap: 1px;
  }
  .skeleton .bone-row {
    display: grid;
    gap: var(--s-2);
    padding: var(--s-3) var(--s-4);
  }
  .bone {
    display: block;
    height: 11px;
    border-radius: 4px;
    background: var(--sunken);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .bone.short {
    width: 38%;
  }
  .bone.long {
    width: 82%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }
`;

export function skeletonRows(count) {
  const row = html`<div class="bone-row" aria-hidden="true">
    <span class="bone short"></span><span class="bone long"></span>
  </div>`;
  return html`<div class="skeleton" aria-busy="true">
    <span class="visually-hidden">${t("loading")}</span>${Array.from({ length: count }, () => row)}
  </div>`;
}
