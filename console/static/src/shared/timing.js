/* Waiting, and how long to wait before trying again. */

export const waitMs = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** 0.5, 1, 2, 4, 8, 10, 10 … seconds, ±20 % so that many clients do not come back together. */
export function backoffMs(attempt, random = Math.random) {
  const base = Math.min(500 * 2 ** attempt, 10_000);
  return Math.round(base * (0.8 + 0.4 * random()));
}
