import { findingWords } from '../../record/findingWords.ts';
import { shownLine } from '../../report/shownText.ts';
import { counted } from '../words.ts';
import type { ReviewInput } from './reviewInput.ts';
import { anchorView } from './reviewWords.ts';
import type { IntegrityView } from './reviewView.ts';

/** More findings than these are counted and not told. */
const TOLD = 200;

/** The state of a record in words. Whole says nothing about who wrote it: the anchor does. */
export function integrityView({ integrity, formatTime }: Pick<ReviewInput, 'integrity' | 'formatTime'>): IntegrityView {
  if (integrity === null) return { state: 'checking', title: 'Looking the record over …', findings: [], anchor: { tone: 'plain', words: '' } };
  const { findings, anchor } = integrity;
  const told = findings.slice(0, TOLD).map((finding) => shownLine(findingWords(finding)));
  const more = findings.length > TOLD ? [`${counted(findings.length - TOLD, 'more finding')}.`] : [];
  return {
    state: findings.length === 0 ? 'whole' : 'damaged',
    title: findings.length === 0 ? 'Record complete' : `Record not intact: ${counted(findings.length, 'finding')}`,
    findings: [...told, ...more],
    anchor: anchorView(anchor, formatTime),
  };
}
