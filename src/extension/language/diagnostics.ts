import { type ConfigurationChangeEvent, Diagnostic, type DiagnosticCollection, DiagnosticSeverity, DiagnosticTag, type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { isUnused, type LintFinding, type LintSeverity } from '../../core/language/diagnostics/finding.ts';
import { DisposableStore } from '../dispose.ts';
import { concerns } from '../settings.ts';
import { toRange } from './convert.ts';
import { helpUri } from './findingHelp.ts';
import { findingsOf, lintedSource } from './findings.ts';
import type { LanguageHost } from './host.ts';

/** Shown as the origin of every finding. */
const ORIGIN = 'Guided Runbooks';
/** So long nothing is typed before a changed document is looked at, in milliseconds: typing itself never waits for it. */
const PAUSE = 250;

const SEVERITIES: Readonly<Record<LintSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Underlines what is odd in the runbooks that are open as text. Other Markdown is left alone. */
export function registerDiagnostics(host: LanguageHost): Disposable {
  return new DiagnosticsPublisher(host);
}

class DiagnosticsPublisher {
  readonly #host: LanguageHost;
  readonly #store: DisposableStore;
  readonly #collection: DiagnosticCollection;
  readonly #waiting = new Map<TextDocument, NodeJS.Timeout>();
  #isDisposed = false;

  constructor(host: LanguageHost) {
    this.#host = host;
    this.#store = new DisposableStore((error) => host.log.error(error, 'ending diagnostics'));
    this.#collection = this.#store.add(languages.createDiagnosticCollection('guidedRunbooks'));
    this.#store.add(workspace.onDidOpenTextDocument((document) => this.#publish(document)));
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => this.#publishSoon(document)));
    this.#store.add(workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    this.#store.add(workspace.onDidChangeConfiguration((event) => this.#configured(event)));
    for (const document of workspace.textDocuments) this.#publish(document);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#store.dispose();
  }

  #configured(event: ConfigurationChangeEvent): void {
    if (!concerns(event, 'lint.enabled') && !concerns(event, 'lint.severity') && !concerns(event, 'include')) return;
    for (const document of workspace.textDocuments) this.#publish(document);
  }

  #publishSoon(document: TextDocument): void {
    if (document.languageId !== 'markdown') return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(document, setTimeout(() => this.#publish(document), PAUSE));
  }

  #publish(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    if (document.isClosed || document.languageId !== 'markdown') return;
    void this.#lookAt(document).catch((error: unknown) => this.#host.log.error(error, `looking for what is odd in ${document.uri.toString()}`));
  }

  async #lookAt(document: TextDocument): Promise<void> {
    const { shells } = this.#host;
    const { version } = document;
    const isWanted = (): boolean => !this.#isDisposed && !document.isClosed && document.version === version && document.languageId === 'markdown';
    const source = lintedSource(document, this.#host);
    // What has to be loaded first, once, does not hold up the rest; after that, all comes at the same time.
    if (source === undefined || !shells.isReady(source)) this.#show(document);
    if (source === undefined) return;
    await shells.check(source, isWanted).catch((error: unknown) => this.#host.log.error(error, `reading the shell blocks of ${document.uri.toString()}`));
    if (isWanted()) this.#show(document);
  }

  #show(document: TextDocument): void {
    const found = findingsOf(document, this.#host);
    if (found.length === 0) this.#collection.delete(document.uri);
    else this.#collection.set(document.uri, found.map((finding) => toDiagnostic(finding)));
  }

  #forget(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#collection.delete(document.uri);
  }
}

function toDiagnostic(finding: LintFinding): Diagnostic {
  const made = new Diagnostic(toRange(finding.range), finding.message, SEVERITIES[finding.severity]);
  made.source = ORIGIN;
  made.code = { value: finding.code, target: helpUri(finding.code) };
  if (isUnused(finding)) made.tags = [DiagnosticTag.Unnecessary];
  return made;
}
