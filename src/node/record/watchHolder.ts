/**
 * Calls back whenever somebody else holds a run than at the look before, or
 * nobody any more. A claim ends with its process, which no file tells, so it is
 * looked at again and again. Returns the way to stop.
 *
 * @param holder words about who holds it, or null; a question that fails counts as not asked
 * @param pollMs time between two looks, in milliseconds
 */
export function watchHolder(holder: () => Promise<string | null>, changed: () => void, pollMs = 2000): () => void {
  let known: string | null | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const now = await holder().catch(() => known);
    const isNew = known !== undefined && now !== known;
    known = now;
    if (isNew && !stopped) changed();
  };
  const poll = setInterval(() => void look(), pollMs);
  // Waiting for others keeps no process alive.
  poll.unref();
  void look();
  return () => {
    stopped = true;
    clearInterval(poll);
  };
}
