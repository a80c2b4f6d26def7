import type { Command } from '../../runbook/model.ts';

/** The text of a block with a word of the same length in the place of each placeholder, which is no syntax. */
export function maskPlaceholders({ text, placeholders }: Pick<Command, 'text' | 'placeholders'>): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of placeholders) {
    masked += text.slice(done, start) + 'x'.repeat(end - start);
    done = end;
  }
  return masked + text.slice(done);
}
