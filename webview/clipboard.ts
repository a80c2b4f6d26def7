/** Puts a text on the clipboard; false when the browser did not let us. */
export async function copyText(given: string): Promise<boolean> {
  // A shell would run what is pasted at once if it ended with a line end.
  const text = given.replace(/\n+$/, '');
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyThroughSelection(text);
  }
}

function copyThroughSelection(text: string): boolean {
  const handler = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', handler, { once: true });
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    document.removeEventListener('copy', handler);
  }
}
