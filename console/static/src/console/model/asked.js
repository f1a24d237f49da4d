// What was asked in a case, as the panel lists it.

/** One line for each question, however often the bot came back to it; a re-ask keeps its own. Without
 * an answer it is marked, so that nobody takes it for settled. A go-ahead is no question of fact. */
export function questions(asked, facts) {
  const last = new Map(asked.map((question) => [question.slot, question]));
  const known = new Set(facts.map(({ name }) => name));
  return asked
    .filter(({ slot }) => !slot.endsWith("_confirmed"))
    .filter((question) => question.is_reask || last.get(question.slot) === question)
    .map((question) => ({ ...question, is_open: !known.has(question.slot) }));
}
