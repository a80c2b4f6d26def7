import { deepEqual } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

const TEXT = '# Deploy\n\n## Phase 1: Build (5 min)\n\n- [ ] Look\n  - [ ] Twice\n\n**Build it**:\n\n```bash {#build}\nops/build\n```\n';

const symbolsOf = (document: vscode.TextDocument): Thenable<vscode.DocumentSymbol[]> => vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);

/** Names with what is inside them; those of the built-in Markdown extension begin with `#`. */
const namesOf = (symbols: readonly vscode.DocumentSymbol[]): unknown[] => symbols.filter(({ name }) => !name.startsWith('#')).map(({ name, kind, children }) => [name, vscode.SymbolKind[kind], namesOf(children)]);

export const run = hostTests({
  'phases and steps are in the outline of a runbook': async () => {
    const { document } = await openText('outline.runbook.md', TEXT);
    const symbols = await eventually(() => symbolsOf(document), (found) => namesOf(found ?? []).length > 0, 'an outline');
    deepEqual(namesOf(symbols), [
      ['Deploy', 'Namespace', [
        ['Phase 1: Build (5 min)', 'Namespace', [
          ['Look', 'Boolean', [['Twice', 'Boolean', []]]],
          ['Build it', 'Function', []],
        ]],
      ]],
    ]);
  },
  'other Markdown has only the outline of its headings': async () => {
    const { document } = await openText('plain.md', TEXT);
    const symbols = await eventually(() => symbolsOf(document), (found) => (found ?? []).length > 0, 'the headings');
    deepEqual(namesOf(symbols), []);
  },
});
