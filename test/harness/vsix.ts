import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** The checkout's top folder. */
export const REPOSITORY = join(import.meta.dirname, '..', '..');

/** Where the packaged extension is put, once for all editor tests. */
export const VSIX = join(REPOSITORY, 'out', 'guided-runbooks.vsix');

/** Set by a run that has just built and packaged, so that its suites do not do it once more each. */
export const BUILT = 'GUIDED_RUNBOOKS_BUILT';

/** Builds the extension and packages it as `VSIX`. Throws with the builder's words when that fails. */
export async function buildVsix(): Promise<string> {
  if (process.env[BUILT] && existsSync(VSIX)) return VSIX;
  // Packaging runs the build by itself, through the manifest's prepublish script.
  return packageFolder(REPOSITORY, VSIX);
}

/** Packages the extension in `folder` as the file `vsix`. */
export async function packageFolder(folder: string, vsix: string): Promise<string> {
  await mkdir(join(vsix, '..'), { recursive: true });
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
    rewriteRelativeLinks: false,
  });
  return vsix;
}
