import type { Range } from '../text.ts';

/** Something that can be put where the cursor is. */
export interface Completion {
  readonly label: string;
  readonly kind: 'attribute' | 'value' | 'step' | 'section' | 'input' | 'environment' | 'level' | 'key' | 'language' | 'backup' | 'monitor' | 'shell';
  /** A few words beside it. */
  readonly detail: string;
  /** Markdown; empty for none. */
  readonly documentation: string;
  /** What is put there. `$1` is where the cursor goes on; a literal `$` is written `\$`. */
  readonly snippet: string;
  /** What it takes the place of, on one line. */
  readonly range: Range;
  /** Asks for the next completion at once, as after `requires=`. */
  readonly goesOn?: true;
}
