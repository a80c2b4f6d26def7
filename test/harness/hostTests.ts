import { writeFile } from 'node:fs/promises';

/** How one test in the extension host ended; `error` is there when it failed. */
export interface HostTestResult {
  readonly name: string;
  readonly error?: string;
}

/**
 * Makes the `run` function that a test module exports for the extension host. The tests run one after the other,
 * each to its end whatever the ones before it did; the results are written beside the module's bundle.
 */
export function hostTests(tests: Readonly<Record<string, () => void | Promise<void>>>): () => Promise<void> {
  return async () => {
    const results: HostTestResult[] = [];
    for (const [name, test] of Object.entries(tests)) {
      try {
        await test();
        results.push({ name });
      } catch (error) {
        results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    }
    // Bundled as CommonJS, where this is the bundle's own path.
    await writeFile(`${__filename}.results.json`, JSON.stringify(results));
  };
}
