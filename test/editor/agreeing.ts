import { runCommand } from '../harness/workbench.ts';
import type { DemoRun } from './demoRun.ts';
import { RunbookPanel } from './runbookPanel.ts';

/** A colleague, as git's settings name people. */
export interface Colleague {
  readonly name: string;
  readonly email: string;
}

/** A runbook of the workspace, by its file and its title. */
export interface NamedRunbook {
  readonly file: string;
  readonly title: string;
}

/**
 * Lets a colleague agree to a step in the record of the newest run, and comes back to the panel of the runbook.
 *
 * @param step words of the step's title
 */
export async function agreeAs(run: DemoRun, { file, title }: NamedRunbook, { name, email }: Colleague, step: string): Promise<void> {
  const { demo, editor } = run;
  const mine = { name: demo.git('config', 'user.name'), email: demo.git('config', 'user.email') };
  const become = (person: Colleague): void => {
    demo.git('config', 'user.name', person.name);
    demo.git('config', 'user.email', person.email);
  };
  become({ name, email });
  await runCommand(editor.page, 'Runbook: Open Run Record…');
  await editor.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: title }).first().click();
  await editor.page.locator('.tab.active').filter({ hasText: 'Record:' }).waitFor();
  const record = new RunbookPanel(editor.page);
  await record.frame.getByText(/^Record (?:complete|not intact)/).first().waitFor();
  await record.pressAt(step, /^Approve step…(?!.*not available)/);
  await record.answer('Looked at it', 'Approve');
  await record.waitForStep(step, 'Looked at it');
  // Another time it is opened anew, and asks git anew who looks at it.
  await runCommand(editor.page, 'View: Close Editor');
  become(mine);
  await run.open(file);
  await run.panel.waitForStep(step, `approved by ${name}`);
}
