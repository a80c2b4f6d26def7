/**
 * `npm run bench`: figures, always as pairs that were measured in turns in one
 * run. Nothing here passes or fails; what is aimed at is printed beside.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from '../harness/program.ts';
import { Progress } from '../harness/progress.ts';
import { BUILT } from '../harness/vsix.ts';
import { activationSection } from './activation.ts';
import { type BenchOptions, readOptions, type SectionName } from './options.ts';
import { paintSection } from './paint.ts';
import { parseSection } from './parse.ts';
import { recordSection } from './record.ts';
import { type SectionReport, table } from './report.ts';
import { sizeSection } from './size.ts';
import { startSection } from './start.ts';
import { writingSection } from './writing.ts';

const SECTIONS: Readonly<Record<SectionName, (options: BenchOptions) => Promise<SectionReport>>> = {
  size: sizeSection,
  parse: parseSection,
  record: recordSection,
  activation: activationSection,
  paint: paintSection,
  start: startSection,
  writing: writingSection,
};

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  const progress = new Progress();
  if (options.only.some((name) => name !== 'parse' && name !== 'record')) {
    progress.say('building and packaging');
    delete process.env[BUILT];
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'package.ts')]);
    process.env[BUILT] = '1';
  }
  const reports: SectionReport[] = [];
  for (const name of options.only) {
    progress.say(name);
    const report = await SECTIONS[name](options);
    reports.push(report);
    if (!options.json) console.log(table(report));
  }
  if (options.json) console.log(JSON.stringify(reports, null, 2));
});
