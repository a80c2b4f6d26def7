import type { ObservedOutput } from '../../session/ports.ts';
import { KeptOutput } from './keptOutput.ts';
import { OutputTail } from './outputTail.ts';

/** What is heard of a command: its last lines for the eye, and both ends for the record. */
export class HeardOutput {
  readonly #tail: OutputTail;
  readonly #kept: KeptOutput;

  /**
   * @param echo lines that come first and are not output
   * @param mask takes secrets out of the last lines, before anything is cut that could split one
   */
  constructor(echo: readonly string[] = [], mask: (text: string) => string = (text) => text) {
    this.#tail = new OutputTail(echo, mask);
    this.#kept = new KeptOutput(echo);
  }

  add(chunk: string): void {
    this.#tail.add(chunk);
    this.#kept.add(chunk);
  }

  /** The command has ended and all that it printed was heard. */
  complete(): void {
    this.#kept.complete();
  }

  /** The last lines, plain. */
  get tail(): string {
    return this.#tail.text;
  }

  /** Both ends, plain and not yet redacted. */
  get output(): ObservedOutput {
    return this.#kept.output;
  }
}
