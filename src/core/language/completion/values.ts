import type { ValueKind } from '../../runbook/attributeTable.ts';
import { escapeMarkdown } from '../../runbook/inlineText.ts';
import type { Section } from '../../runbook/model.ts';
import { SHELLS } from '../../runbook/vocabulary.ts';
import type { RunbookSource } from '../source.ts';
import { symbolPlaces } from '../symbols/symbols.ts';
import type { Completion } from './model.ts';

/** A value that is known, before it is clear what it takes the place of. */
export interface KnownValue extends Pick<Completion, 'kind' | 'detail' | 'documentation'> {
  readonly text: string;
}

const DURATIONS: readonly (readonly [string, string])[] = [['30s', '30 seconds'], ['2m', '2 minutes'], ['5m', '5 minutes'], ['15m', '15 minutes'], ['45m', '45 minutes'], ['1h', 'an hour'], ['4h', '4 hours'], ['24h', 'a day']];
const MATCH_MODES: readonly (readonly [string, string])[] = [['contains', 'its text is somewhere in what was printed'], ['exact', 'it is all that was printed'], ['regex', 'it is a regular expression']];

/**
 * Values that a document knows for an attribute or key.
 * @param line of the cursor, from 0: what stands there is not proposed to itself
 */
export function valuesFor(source: RunbookSource, name: string, kind: ValueKind | null, line: number): readonly KnownValue[] {
  const simple = (texts: readonly (readonly [string, string])[], as: KnownValue['kind'] = 'value'): readonly KnownValue[] => texts.map(([text, detail]) => ({ text, kind: as, detail, documentation: '' }));
  switch (kind) {
    case 'duration':
      return simple(DURATIONS);
    case 'shell':
      return simple(SHELLS.map((shell) => [shell, '']), 'shell');
    case 'matchMode':
      return simple(MATCH_MODES);
    case 'ids':
      return ids(source, line, true);
    case 'steps':
      return ids(source, line, false);
    case 'level':
      return source.runbook.rollbackLevels.map(({ level, title, budgetWords }) => ({ text: String(level), kind: 'level', detail: [title, budgetWords].filter((part) => part !== null).join(' · '), documentation: '' }));
    case 'input':
      return values(source);
    case 'backup':
      return (source.runbook.frontMatter.backups ?? []).map(({ name: backup, description }) => ({ text: backup, kind: 'backup', detail: description ?? '', documentation: '' }));
    default:
      return name === 'confirm' ? environments(source) : [];
  }
}

export function environments({ runbook }: RunbookSource): readonly KnownValue[] {
  return (runbook.frontMatter.setup?.environments ?? []).map(({ name, branch }) => ({ text: name, kind: 'environment', detail: branch === null ? 'environment' : `environment · branch ${branch}`, documentation: '' }));
}

/** Inputs and captured values. */
export function values(source: RunbookSource): readonly KnownValue[] {
  const inputs = (source.runbook.frontMatter.setup?.inputs ?? []).map(({ name, description, secret }): KnownValue => ({ text: name, kind: 'input', detail: secret ? 'secret input' : 'input', documentation: description === null ? '' : escapeMarkdown(description) }));
  const taken = new Set(inputs.map(({ text }) => text));
  const captured = symbolPlaces(source).filter(({ kind, isDefinition, name }) => kind === 'value' && isDefinition && !taken.has(name));
  const lines = new Map(captured.map(({ name, range }) => [name, range.start.line + 1]));
  return [...inputs, ...[...lines].map(([text, line]): KnownValue => ({ text, kind: 'input', detail: `captured on line ${String(line)}`, documentation: '' }))];
}

/** Those that have an id of their own come first: one that is made from words is another when they change. */
function ids(source: RunbookSource, line: number, withSections: boolean): readonly KnownValue[] {
  const { runbook } = source;
  const own = new Set(symbolPlaces(source).filter(({ kind, isDefinition, isWritten }) => kind === 'id' && isDefinition && isWritten).map(({ name }) => name));
  const steps = runbook.steps.filter((step) => step.line !== line + 1 && !step.commands.some((command) => command.line === line + 1) && !step.aside);
  const aside = sectionsAside(runbook.sections);
  const sections = withSections ? runbook.sections.filter((section) => section.line !== line + 1 && section.depth > 1 && !aside.has(section.id)) : [];
  const known = [...steps.map((step) => ({ ...step, as: 'step' as const })), ...sections.map((section) => ({ ...section, as: 'section' as const }))].map(({ id, title, line: at, as }): KnownValue => {
    const where = `${as === 'step' ? 'Step' : 'Section'} on line ${String(at)}.`;
    return { text: id, kind: as, detail: title, documentation: own.has(id) ? where : `${where} This id is made from its words, and is another when they change: better give it one of its own.` };
  });
  return [...known.filter(({ text }) => own.has(text)), ...known.filter(({ text }) => !own.has(text))];
}

/** Sections of the way back, and of what sets it off: they are never settled on the way forward. */
function sectionsAside(sections: readonly Section[]): ReadonlySet<string> {
  const aside = new Set<string>();
  for (const { id, role, parentId } of sections) if (role === 'rollback' || role === 'triggers' || (parentId !== null && aside.has(parentId))) aside.add(id);
  return aside;
}
