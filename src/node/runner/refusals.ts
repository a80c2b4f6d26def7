/** Why the runner did not run a block, in words for a person, by its word in the status. */
const SENTENCES: Readonly<Record<string, string>> = {
  'bad-parameters': 'its parameters could not be read',
  'no-identity': 'this system does not tell when a process was started, so that it could not be watched',
  'no-sha256': 'sha256sum, shasum or openssl is needed to check the commands, and none was found',
  'hash-mismatch': 'the commands on disk are not the ones that were approved',
  'unknown-shell': 'the runner does not know the shell that it asks for',
  'missing-interpreter': 'its shell is not installed, or not on the PATH of the terminal',
  'missing-program': 'the program of its interpreter= is not installed, or not on the PATH of this run. Install it, or correct the runbook',
  'program-changed': 'its interpreter is not the file that was approved: a link has been put in its place',
  'no-capture': 'mkfifo, tee and dd are needed to capture what it prints, and one of them was not found',
  'cannot-record': 'its start could not be recorded (is the disk full?)',
  interrupted: 'it was interrupted before its commands had begun',
  'cwd-gone': 'the directory to run in does not exist any more',
  'cwd-changed': 'the directory to run in is not the one that was approved: a link has been put in its place',
  'carry-damaged': 'the environment that the steps before left could not be restored',
  environment: 'its variables could not be set',
};

/** A sentence without its beginning ("was not run: …") for a refusal's word; unknown words are shown as they are. */
export function explainRefusal(reason: string): string {
  return Object.hasOwn(SENTENCES, reason) ? (SENTENCES[reason] ?? reason) : reason;
}
