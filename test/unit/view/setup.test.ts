import { describe, expect, test } from 'vitest';
import { summaryOf } from '../../../src/core/record/runSummary.ts';
import { setupRows } from '../../../src/core/report/setupRows.ts';
import { EMPTY_RUN } from '../../../src/core/run/evolve.ts';
import type { RunSetup } from '../../../src/core/run/setup/setup.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { accessOf } from '../../../src/core/view/access.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';
import { setupNotice } from '../../../src/core/view/setupNotice.ts';

const setup: RunSetup = {
  environment: { name: 'production', confirm: 'production', variables: [{ name: 'URL', value: 'http://p' }] },
  inputs: [{ name: 'VERSION', value: 'v7' }],
  secrets: ['TOKEN'],
  preflight: [{ result: 'failed', words: 'Branch dev is checked out.' }],
  preflightReason: 'it is down',
};
const state: RunState = { ...EMPTY_RUN, runId: 'r', startedAt: '2026-01-05T14:00:00.000Z', setup };
const head = (environments: string, inputs = 'VERSION: {}, TOKEN: { secret: true }'): string => `---\nenvironments: { ${environments} }\ninputs: { ${inputs} }\n---\n# T\n`;
const input = (text: string, isEdited = true): ViewInput => ({ runbook: parseRunbook(text), state, isEdited, lockedBecause: null, trusted: true }) as unknown as ViewInput;
const SAME = 'production: { confirm: production, env: { URL: "http://p" } }';

describe('a run with a setup', () => {
  test('says so when its environment or its inputs were edited, and only then', () => {
    const details = (text: string): readonly string[] | undefined => setupNotice(input(text))?.details.map((detail) => detail.text);
    expect(details(head(SAME))).toBeUndefined();
    expect(details(head('production: { env: { URL: "http://p" } }'))).toEqual(['The environment production was edited.']);
    expect(details(head('staging: {}'))).toEqual(['The environment production is no longer in the document.']);
    expect(details(head(SAME, 'VERSION: {}, TOKEN: { secret: true }, MORE: {}'))).toEqual(['The document asks for MORE now, which this run was not given.']);
    expect(setupNotice(input(head('staging: {}'), false))).toBeNull();
  });

  test('cannot be started with wrong front matter, and the button says why', () => {
    expect(accessOf({ ...input(head('production: { confrim: x }')), state: null }).start).toMatch(/line 2.*confrim/);
  });

  test('is found by its environment, and told in full with its secrets by name', () => {
    expect(summaryOf('r', { ...state, fields: new Map([['env', 'typed']]) }).environment).toBe('production');
    expect(setupRows(setup)).toEqual([
      ['Environment', ['production, confirmed by typing its word']],
      ['Variables', ['URL = http://p']],
      ['Inputs', ['VERSION = v7']],
      ['Secrets', ['TOKEN (not recorded)']],
      ['Pre-flight', ['failed: Branch dev is checked out.']],
      ['Started although a check failed', ['it is down']],
    ]);
    expect(setupRows(undefined)).toEqual([]);
  });
});
