/* The lines of a summary as they are shown: an amount in the reader's money, the rest in words. */
import { money } from "../format.js";

export const shownLines = ({ lines = [] }) =>
  lines
    .map(({ label, text, amount_fen: fen }) => ({ label, value: Number.isInteger(fen) ? money(fen) : text, isAmount: Number.isInteger(fen) }))
    .filter(({ value }) => value);
