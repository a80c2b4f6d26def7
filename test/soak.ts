/**
 * `npm run test:soak`: kills windows that record, a thousand times at random
 * points, and says how many confirmed events were lost. Bounded in time.
 */
import { parseArgs } from 'node:util';
import { killRounds } from './harness/killRounds.ts';
import { program } from './harness/program.ts';
import { Progress } from './harness/progress.ts';

const HEARTBEAT_ROUNDS = 50;

await program(async () => {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } } });
  const rounds = Number(values.rounds);
  const progress = new Progress();
  progress.say(`killing ${values.rounds} times, at most ${values.minutes} min, --seed ${values.seed}`);
  const report = await killRounds({
    rounds,
    limitMs: Number(values.minutes) * 60_000,
    seed: Number(values.seed),
    onRound: (round, { confirmed, lost }) => {
      if (round % HEARTBEAT_ROUNDS === 0) progress.say(`${String(round)} rounds, ${String(confirmed)} events confirmed, ${String(lost.length)} lost`);
    },
  });
  for (const words of [...report.odd, ...report.guessed]) console.log(words);
  console.log(`${String(report.rounds)} of ${values.rounds} rounds; ${String(report.confirmed)} events confirmed, ${String(report.lost.length)} lost; ${String(report.torn)} lines torn; ${String(report.odd.length)} other findings; ${String(report.guessed.length)} ends guessed`);
  if (report.lost.length + report.odd.length + report.guessed.length > 0 || report.rounds === 0) process.exitCode = 1;
});
