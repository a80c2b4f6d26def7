import { ProgressLocation, window } from 'vscode';

/** Shows that git works, for as long as it does; the person can stop it. */
export function withGit<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (_progress, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal);
    } finally {
      listening.dispose();
    }
  });
}
