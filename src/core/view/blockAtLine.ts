import type { BlockView } from './viewModel.ts';

/**
 * Key of the block in which a line of the source stands; null above all of them.
 * @param line from 1
 */
export function blockAtLine(blocks: readonly BlockView[], line: number): string | null {
  let found: BlockView | null = null;
  for (const block of blocks) if (block.line <= line && (found === null || block.line > found.line)) found = block;
  return found?.key ?? null;
}
