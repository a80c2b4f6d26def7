/**
 * Every error that a person can meet, in one place: what happened, what it
 * means and what to do. `code` is stable, for tests and for looking things up.
 */
export class UserError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'UserError';
    this.code = code;
  }
}
