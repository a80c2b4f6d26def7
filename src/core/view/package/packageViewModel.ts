/** The other runbooks of a package. */
export interface PackageView {
  readonly members: readonly PackageMemberView[];
}

export interface PackageMemberView {
  /** Names it in a message of the panel. */
  readonly id: string;
  readonly title: string;
  /** What became of it in this run, e.g. `3 of 8`, `failed at “Run the smoke test” · 3 of 8`; why it cannot be opened. */
  readonly words: string;
  readonly tone: 'plain' | 'active' | 'done' | 'failed';
  /** Why it cannot be opened, or null when it can. */
  readonly disabledBecause: string | null;
}
