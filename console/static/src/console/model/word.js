import { hasText, t } from "../../shared/i18n.js";

/** A code's word, or the code itself when a newer desk knows more codes than this page. */
export const word = (area, code) => (hasText(`${area}.${code}`) ? t(`${area}.${code}`) : code);
