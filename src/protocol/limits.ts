/** How long a text from the panel may be, in UTF-16 units. Longer ones are refused, never cut. */
export const LIMITS = {
  /** Step, plan and prompt ids. */
  id: 512,
  /** Key of a block: a kind and an id, or what tells content apart. */
  blockKey: 1_024,
  /** Name of an input. */
  name: 256,
  /** What a person writes: notes, reasons, values. */
  answer: 16_384,
  /** Number of answers of one prompt: every input of a runbook, and a box to tick for each. */
  answers: 128,
  href: 8_192,
  fault: 4_000,
  /** Highest rollback level and source line that are taken seriously. */
  level: 1_000,
  line: 10_000_000,
} as const;
