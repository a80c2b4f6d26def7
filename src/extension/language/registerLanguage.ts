import type { Disposable } from 'vscode';
import { DisposableStore } from '../dispose.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerCompletion } from './completion.ts';
import { registerDiagnostics } from './diagnostics.ts';
import type { LanguageHost } from './host.ts';
import { registerFormatting } from './formatting.ts';
import { registerHover } from './hover.ts';
import { registerLinks } from './links.ts';
import { registerNames } from './names.ts';
import { registerOutline } from './outline.ts';
import { registerShape } from './shape.ts';
import { registerSnippets } from './snippets.ts';

/** Registers all that helps to write runbooks. */
export function registerLanguage(host: LanguageHost): Disposable {
  const store = new DisposableStore((error) => host.log.error(error, 'ending the help for writing'));
  store.add(registerDiagnostics(host));
  store.add(registerCodeActions(host));
  store.add(registerOutline(host));
  store.add(registerNames(host));
  store.add(registerCompletion(host));
  store.add(registerSnippets(host));
  store.add(registerHover(host));
  store.add(registerShape(host));
  store.add(registerLinks(host));
  store.add(registerFormatting(host));
  return store;
}
