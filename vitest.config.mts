import { defineConfig } from 'vitest/config';

/** A polled condition has its time: one second is little on a machine that is busy. */
const PATIENT = { poll: { timeout: 20_000 } };

/** The suites, quickest first; those in a browser do not share the machine with the others. */
// A named export is not read by vitest, hence the default one.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
          // The tests are quick; a machine with much else to do may not be.
          testTimeout: 30_000,
          expect: PATIENT,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          globalSetup: 'test/harness/setUpWebview.ts',
          testTimeout: 30_000,
          expect: PATIENT,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'editor',
          include: ['test/editor/**/*.editor.test.ts'],
          globalSetup: 'test/harness/setUpEditor.ts',
          // One editor at a time: several would slow each other past their deadlines.
          fileParallelism: false,
          testTimeout: 120_000,
          expect: PATIENT,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
