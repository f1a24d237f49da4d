// Every key of the console on one page.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";
import { KEY_GROUPS } from "../shell/keys.js";
import { DeskDialog } from "./dialog.js";

export class HelpDialog extends DeskDialog {
  static styles = [
    ...DeskDialog.styles,
    css`
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
        gap: var(--s-4) var(--s-5);
      }
      h3 {
        margin-bottom: var(--s-2);
        color: var(--text-soft);
        font-size: var(--f-s);
      }
      dl div {
        display: grid;
        grid-template-columns: 104px 1fr;
        gap: var(--s-3);
        padding: 3px 0;
        font-size: var(--f-s);
      }
      kbd {
        padding: 1px 7px;
        border: 1px solid var(--line-strong);
        border-bottom-width: 2px;
        border-radius: 5px;
        background: var(--surface);
        font: 12px/18px var(--font-figures);
        white-space: nowrap;
      }
    `,
  ];
  size = "wide";

  get heading() {
    return t("help.heading");
  }

  fields() {
    return html`<div class="groups">
      ${KEY_GROUPS.map(
        ([group, keys]) =>
          html`<section>
            <h3>${t(`help.${group}`)}</h3>
            <dl>
              ${keys.map(
                (key) =>
                  html`<div>
                    <dt><kbd>${key}</kbd></dt>
                    <dd>${t(`key.${key}`)}</dd>
                  </div>`,
              )}
            </dl>
          </section>`,
      )}
    </div>`;
  }

  foot() {
    return html`<footer>
      <button type="button" data-first class="button primary" @click=${this.close}>${t("action.close")}</button>
    </footer>`;
  }
}
customElements.define("help-dialog", HelpDialog);
