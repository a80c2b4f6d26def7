import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * The laws of the rooms (CONTRIBUTING.md). The compiler keeps Node and the DOM
 * out of the rooms that must not have them; this keeps the direction of imports.
 */
const root = resolve(import.meta.dirname, '../..');

/** What a room may import: its own files, these rooms and these packages. */
const LAWS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: RegExp; readonly instead: string }>> = {
  'src/core': { rooms: [], packages: /^(?:markdown-it|yaml)$/, instead: 'core is pure: pass in what it needs to know, or put the code in src/session or src/node' },
  'src/protocol': { rooms: ['src/core'], packages: /^valibot$/, instead: 'the protocol knows types only' },
  'src/session': { rooms: ['src/core'], packages: /^$/, instead: 'reach the outside through a port (src/session/ports.ts)' },
  'src/node': { rooms: ['src/core', 'src/session'], packages: /^(?:node:.*|valibot|simple-git|execa|@vscode\/tree-sitter-wasm)$/, instead: 'adapters on Node know neither editor nor panel' },
  'src/cli': { rooms: ['src/core', 'src/session', 'src/node'], packages: /^node:.*$/, instead: 'the command line has no editor' },
  'src/extension': { rooms: ['src/core', 'src/protocol', 'src/session', 'src/node'], packages: /^(?:node:.*|vscode)$/, instead: 'the extension only wires rooms together' },
  webview: { rooms: ['src/core/view', 'src/protocol'], packages: /^(?:lit(?:\/.*)?|dompurify|highlight\.js(?:\/.*)?|@vscode\/webview-ui-toolkit)$/, instead: 'the panel draws what it is told' },
};

function filesOf(room: string): readonly string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(room, name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

describe.each(Object.entries(LAWS))('%s', (room, law) => {
  it('imports only what its law allows', () => {
    const offences = filesOf(room).flatMap((file) =>
      importsOf(file)
        .filter((name) => {
          if (!name.startsWith('.')) return !law.packages.test(name);
          const target = relative(root, resolve(root, file, '..', name));
          return ![room, ...law.rooms, 'package.json'].some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
        })
        .map((name) => `${file} imports ${name}: ${law.instead}`),
    );
    expect(offences).toEqual([]);
  });
});

it('reports use the words of the view and nothing else of it, and nothing of the way into the run uses reports', () => {
  const targets = (file: string): readonly string[] => importsOf(file).filter((name) => name.startsWith('.')).map((name) => relative(root, resolve(root, file, '..', name)));
  const allowed = /^src\/core\/(?:(?:report|record|run|rollback|runbook|checks|status)\/|view\/(?:words|outcomeWords)\.ts$|userErrors?\.ts$)/;
  expect(filesOf('src/core/report').flatMap((file) => targets(file).filter((target) => !allowed.test(target)))).toEqual([]);
  const below = ['runbook', 'run', 'rollback', 'record'].flatMap((room) => filesOf(`src/core/${room}`));
  expect(below.filter((file) => targets(file).some((target) => target.startsWith('src/core/report/')))).toEqual([]);
});

it('the archived toolkit is imported in one file', () => {
  const users = filesOf('webview').filter((file) => importsOf(file).some((name) => name.startsWith('@vscode/webview-ui-toolkit')));
  expect(users).toEqual(['webview/controls.ts']);
});

it('no file is longer than can be read at a sitting', () => {
  const long = Object.keys(LAWS).flatMap(filesOf).filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 350);
  expect(long).toEqual([]);
});

it('there is no default export, no `any` and no exit code taken for zero', () => {
  const offences = Object.keys(LAWS).flatMap(filesOf).filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return /^export default/m.test(text) || /\bas any\b|: any\b|<any>/.test(text) || /(?:exitCode|code|status)\s*\?\?\s*0\b/.test(text);
  });
  expect(offences).toEqual([]);
});

it('errors that a person can meet stand in the one catalogue', () => {
  const elsewhere = Object.keys(LAWS).flatMap(filesOf).filter((file) => file !== 'src/core/userErrors.ts' && readFileSync(join(root, file), 'utf8').includes('new UserError('));
  expect(elsewhere).toEqual([]);
});
