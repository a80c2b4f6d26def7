import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { commandTitles, contextKeys, panelViewType, recordViewType, restrictedSettings, environmentsView, runbooksView, settingDefaults } from '../../src/extension/contributions.ts';

const contributes = manifest.contributes;

/** Every `when` clause of the manifest. */
const conditions = [
  ...[...Object.values(contributes.menus).flat(), ...contributes.keybindings].map((item) => item.when),
  ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents)).flatMap((event) => /^onContext:(.*)$/.exec(event)?.[1] ?? []),
];

describe('package.json and the code', () => {
  it('have the same commands under the same titles', () => {
    const declared = Object.fromEntries(contributes.commands.map(({ command, title }) => [command, title]));
    expect(declared).toEqual(commandTitles);
  });

  it('put every command in the category Runbook', () => {
    expect(new Set(contributes.commands.map((command) => command.category))).toEqual(new Set(['Runbook']));
  });

  it('have the same settings and defaults', () => {
    const declared = Object.fromEntries(
      Object.entries(contributes.configuration.properties).map(([key, { default: value }]) => [key, value]),
    );
    const known = Object.fromEntries(
      Object.entries(settingDefaults).map(([key, value]) => [`guidedRunbooks.${key}`, value]),
    );
    expect(declared).toEqual(known);
  });

  it('restrict what chooses a program, and what hides findings, in untrusted workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(
      restrictedSettings.map((key) => `guidedRunbooks.${key}`),
    );
    const choosers = Object.keys(settingDefaults).filter((key) => /shell|path|interpreter|^lint\./i.test(key));
    expect(restrictedSettings).toEqual(choosers);
  });

  it('name the same custom editor and view', () => {
    expect(contributes.customEditors.map((editor) => editor.viewType)).toEqual([panelViewType, recordViewType]);
    expect(contributes.views.guidedRunbooks.map((view) => view.id)).toEqual([runbooksView, environmentsView]);
  });

  it('use only context keys that somebody sets', () => {
    const used = conditions.flatMap((when) => when.match(/\bguidedRunbooks\.\w+/g) ?? []);
    const known: readonly string[] = [...Object.values(contextKeys), panelViewType, runbooksView];
    expect(used.filter((key) => !known.includes(key))).toEqual([]);
    expect(Object.values(contextKeys).filter((key) => !used.includes(key))).toEqual([]);
  });

  it('mention only commands that exist', () => {
    const ids = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map((item) => item.command);
    expect(ids.filter((id) => !(id in commandTitles))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  it('has words for every step, which are in the package', () => {
    for (const { media } of steps) {
      expect(readFileSync(join(import.meta.dirname, '../..', media.markdown), 'utf8').trim()).not.toBe('');
      expect(media.markdown).toMatch(/^media\/walkthrough\//);
    }
    expect(readFileSync(join(import.meta.dirname, '../../.vscodeignore'), 'utf8')).toContain('!media/walkthrough/**');
  });

  it('offers commands that exist, and ends its steps by what really happens', () => {
    const offered = steps.flatMap(({ description }) => Array.from(description.matchAll(/\(command:([\w.]+)\)/g), ([, id]) => id ?? ''));
    const awaited = steps.flatMap(({ completionEvents }) => completionEvents);
    expect(offered.length).toBeGreaterThan(0);
    expect([...offered, ...awaited.flatMap((event) => /^onCommand:(.*)$/.exec(event)?.[1] ?? [])].filter((id) => !(id in commandTitles))).toEqual([]);
    expect(awaited.filter((event) => !/^on(?:Command|Context):/.test(event))).toEqual([]);
    expect(steps.filter(({ completionEvents }) => completionEvents.length === 0)).toEqual([]);
  });
});

describe('the manifest is polite', () => {
  it('never activates by itself', () => {
    expect(manifest.activationEvents).toEqual(['onLanguage:markdown', 'workspaceContains:.runbooks/runs']);
  });

  it('does not take Markdown away from the text editor', () => {
    expect(contributes.customEditors.map((editor) => editor.priority)).toEqual(['option', 'option']);
  });

  it('binds keys only in the panel and with modifiers', () => {
    for (const binding of contributes.keybindings) {
      expect(binding.when).toContain(`activeCustomEditorId == '${panelViewType}'`);
      expect(binding.key).toMatch(/^ctrl\+alt\+/);
      expect(binding.mac).toMatch(/^cmd\+alt\+/);
    }
  });
});
