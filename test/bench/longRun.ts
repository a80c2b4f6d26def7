import type { NewEvent, RunEventBody } from '../../src/core/run/events.ts';
import { encodeLine, lineHash } from '../../src/node/record/lines.ts';

const STEPS = 300;
const TIME = Date.UTC(2026, 0, 5, 14);

/** What happens at a place of a long run: ticks, and commands that begin and end with some output. */
export function bodyAt(at: number, tail = 'ok\n'.repeat(at % 30)): RunEventBody {
  const stepId = `phase-${String(at % 7)}/step-${String(Math.floor(at / 4) % STEPS)}`;
  const executionId = `x${String(Math.floor(at / 4))}`;
  switch (at % 4) {
    case 0:
      return { type: 'command.started', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, sha256: 'a'.repeat(64), text: `./deploy --stage ${String(at)}\n`, source: null, shell: 'bash', acknowledged: [] };
    case 1:
      return { type: 'command.ended', executionId, outcome: { kind: 'exited', code: at % 97 === 0 ? 1 : 0 }, durationMs: at, environmentCarried: true, outputTail: tail };
    case 2:
      return { type: 'step.ticked', stepId: `manual-${String(at % STEPS)}`, note: null };
    default:
      return { type: 'field.filled', name: `field-${String(at % 20)}`, value: String(at) };
  }
}

/** An event of the run before it has its place. */
export function eventAt(run: string, at: number, tail?: string): NewEvent {
  return { id: `e-${String(at)}`, run, time: new Date(TIME + at * 1_000).toISOString(), actor: { name: 'Ada Lovelace', email: 'ada@example.org' }, body: at === 0 ? { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: 'b'.repeat(64), git: null } : bodyAt(at, tail) };
}

/** The files of a run, by writer (`tail`: what every command printed at its end): they take turns of 50 events, and each sees what was there before its turn. */
export function longRun(run: string, events: number, writers: number, tail?: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, { readonly lines: Buffer[]; seq: number; prev: string | null }>();
  for (let at = 0; at < events; at += 1) {
    const writer = `w-${String(Math.floor(at / 50) % writers)}`;
    const file = files.get(writer) ?? { lines: [], seq: 0, prev: null };
    files.set(writer, file);
    const heads = Object.fromEntries([...files].filter(([other]) => other !== writer).map(([other, { seq }]) => [other, seq]));
    const { id, time, actor, body } = eventAt(run, at, tail);
    const line = encodeLine({ v: 1, id, run, writer, seq: (file.seq += 1), heads, prev: file.prev, time, actor, body });
    file.prev = lineHash(line);
    file.lines.push(line, Buffer.from('\n'));
  }
  return new Map([...files].map(([writer, { lines }]) => [writer, Buffer.concat(lines)]));
}
