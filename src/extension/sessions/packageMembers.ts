import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri, workspace } from 'vscode';
import { memberFile } from '../../core/runbook/package/memberFile.ts';
import { parseRunbook } from '../../core/runbook/parse.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import { UserError } from '../../core/userError.ts';
import * as errors from '../../core/userErrors.ts';
import type { PackageMember } from '../../core/view/package/packageInput.ts';
import { contains } from '../../node/executionCwd.ts';
import { readRunbookFile } from '../../node/runbookFile.ts';
import type { RecordPlace } from './recordPlace.ts';

/** Reads the other runbooks of a package, each again only when its text is another. */
export class PackageMembers {
  readonly #place: RecordPlace;
  readonly #parsed = new Map<string, { readonly text: string; readonly runbook: Runbook }>();

  constructor(place: RecordPlace) {
    this.#place = place;
  }

  /** Where a member's file is. */
  uriOf(file: string): Uri {
    return Uri.file(join(this.#place.base, file));
  }

  /** What an entry of `package:` names. Never rejects: what is wrong is said in it. */
  async of(id: string, file: string | null): Promise<PackageMember> {
    try {
      if (this.#place.kind === 'outside') throw errors.packageNeedsFolder();
      if (file === null) throw errors.memberOutside();
      if (file === this.#place.file) throw errors.memberIsItself();
      await this.#assertInside(file);
      const runbook = this.#read(file);
      if (runbook.steps.length === 0 && runbook.rollbackLevels.length === 0 && runbook.triggers.length === 0 && runbook.frontMatter.monitors === undefined) throw errors.memberIsNone();
      return { id, file, runbook, problem: null };
    } catch (error) {
      return { id, file, runbook: null, problem: error instanceof UserError || error instanceof Error ? error.message : String(error) };
    }
  }

  /** The path of an entry, as records have it. */
  fileOf(path: string): string | null {
    return memberFile(this.#place.file, path);
  }

  /** Links count by where they lead. */
  async #assertInside(file: string): Promise<void> {
    const [root, real] = await Promise.all([this.#place.base, join(this.#place.base, file)].map((path) => realpath(path).catch(() => null)));
    if (root == null || real == null || !contains(root, real)) throw errors.memberOutside();
  }

  /** As it is being edited, else as it is on disk. */
  #read(file: string): Runbook {
    const uri = this.uriOf(file).toString();
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
    const text = open?.getText() ?? readRunbookFile(this.uriOf(file).fsPath);
    const known = this.#parsed.get(file);
    if (known?.text === text) return known.runbook;
    const runbook = parseRunbook(text);
    this.#parsed.set(file, { text, runbook });
    return runbook;
  }
}
