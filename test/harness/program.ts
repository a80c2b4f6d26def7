/** Runs a script's body. An error ends it with exit code 1 and the error's own words: they are written for a person. */
export async function program(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
