import { DIAGNOSTIC_CODES, diagnosticCode, type Code } from '../../src/core/runbook/diagnosticCodes.ts';
import { DIAGNOSTIC_DOCS } from '../../src/core/runbook/diagnosticDocs.ts';
import { visibleExample } from './visibleExample.ts';

const INTRO = `# What is reported of a runbook

Each finding has a code, a message that says what to do, and a place. A file with findings still opens, and most of it still runs. This page is written from the code by \`npm run docs\`.

- **error**: something does not do what is written. **warning**: it probably does not. **info**: worth a look. **hint**: shown where one writes, and in no list.
- Findings that are marked *only where it is written* concern authors: the panel does not show them.
- \`guidedRunbooks.lint.severity\` sets how grave a code is shown, or \`off\`; \`guidedRunbooks.lint.enabled\` is for all of them.
- In a document, a comment hides findings from where it stands on; one without a code hides all:

\`\`\`\`markdown
<!-- runbook-lint-disable no-rollback, unfilled-placeholder -->
<!-- runbook-lint-enable no-rollback -->
<!-- runbook-lint-disable-next-line hidden-characters -->
\`\`\`\`

\`disable-next-line\` before a block counts for the whole block and the output that belongs to it, before an item or a paragraph for all of its lines. In the front matter the same words stand behind a \`#\`. An annotation stays the last thing on its line, so put such a comment on a line of its own.

**Hiding a finding changes what is underlined and nothing else**: no guard of a run, no confirmation and nothing in the panel.
`;

/** docs/DIAGNOSTICS.md: a part for each code. */
export function diagnosticsPage(): string {
  return [INTRO, ...(Object.keys(DIAGNOSTIC_CODES) as Code[]).map(part)].join('\n');
}

function part(code: Code): string {
  const { means, example } = DIAGNOSTIC_DOCS[code];
  const known = diagnosticCode(code);
  const head = `## ${code}\n\n**${known?.title ?? ''}** (${known?.severity ?? ''}${known?.lint === true ? ', only where it is written' : ''}). ${means}\n`;
  return example === null ? head : `${head}\n\`\`\`\`markdown\n${visibleExample(example)}\`\`\`\`\n`;
}
