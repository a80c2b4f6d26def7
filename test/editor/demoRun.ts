import { afterEach, expect } from 'vitest';
import { DemoWorkspace, type Version } from '../contract/demoWorkspace.ts';
import { reloadWorkbench, screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { openFile } from '../harness/workbench.ts';
import { DemoStory, PATIENCE_MS } from './demoStory.ts';

/** The demo's orders before anything was done. */
export const SEEDED = 36;

/** The demo in a real editor, driven by what a person does; the service is looked at from outside. */
export class DemoRun extends DemoStory {
  readonly demo: DemoWorkspace;
  readonly editor: Editor;

  private constructor(demo: DemoWorkspace, editor: Editor) {
    super(editor.page);
    this.demo = demo;
    this.editor = editor;
  }

  /** Lays the demo out, with further runbooks when they are named, and starts an editor on it. Nothing is open yet. */
  static async layOut(further?: string): Promise<DemoRun> {
    const demo = await DemoWorkspace.layOut(further);
    try {
      return new DemoRun(demo, await startEditor({ workspace: demo.folder, extensions: [VSIX] }));
    } catch (error) {
      await demo.end();
      throw error;
    }
  }

  /** Ends the editor, then the service. */
  async end(): Promise<void> {
    try {
      await this.editor.dispose();
    } finally {
      await this.demo.end();
    }
  }

  /** Opens a runbook; the demo's settings show it as a panel. */
  async open(file = 'deploy.runbook.md'): Promise<void> {
    await openFile(this.editor.page, file);
    await this.panel.frame.locator('.block').first().waitFor();
  }

  /** Ends the editor as a crash does, everything in its terminals included, and comes back to the same window. */
  async crash(): Promise<void> {
    await this.editor.server.kill();
    await this.editor.server.restart();
    await reloadWorkbench(this.editor.page);
    await this.panel.frame.locator('.block').first().waitFor({ timeout: PATIENCE_MS });
  }

  /** Expects the service, its settings, its code and its data to be so, as seen from outside. */
  async expectService(expected: Pick<Version, 'release' | 'bulkPricing' | 'schema'> & { readonly orders: number }): Promise<void> {
    const { demo } = this;
    const { orders, ...version } = expected;
    expect(await demo.version()).toMatchObject(version);
    expect((await demo.get('/health')).status).toBe(200);
    expect((await demo.get('/orders/1')).status).toBe(200);
    expect(demo.read('.env')).toContain(`BULK_PRICING=${expected.bulkPricing ? 'on' : 'off'}\n`);
    expect(demo.git('describe', '--tags')).toBe(expected.release);
    expect(demo.sqlite('SELECT count(*) FROM orders')).toBe(orders);
    const status = await demo.bash('ops/status');
    expect(status.output).toContain(`${expected.release} is checked out`);
    expect(status.output).toContain(`${orders} stored`);
  }

  /** The orders that are stored now. */
  orders(): Promise<number> {
    return this.demo.metric('stored');
  }
}

/** Waits until a probe of the service says yes. */
export const eventually = (what: string, probe: () => boolean | Promise<boolean>): Promise<true> =>
  until(async () => (await probe()) && true, { what, timeoutMs: PATIENCE_MS });

/** Leaves a picture of the window in out/screenshots/ for each test of the file that fails. */
export function pictureFailures(run: () => DemoRun | undefined): void {
  afterEach(async ({ task }) => {
    const page = run()?.editor.page;
    if (task.result?.state === 'fail' && page !== undefined) await screenshot(page, `failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 50)}`);
  });
}
