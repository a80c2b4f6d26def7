import type { ShellRule } from '../finding.ts';

/** A check that runs as another user. */
export const sudoInCheck: ShellRule = ({ use, calls }) => {
  if (!use.looks) return [];
  const call = calls.find(({ name, through }) => /^(?:sudo|doas)$/.test(through[0] ?? name));
  if (call === undefined) return [];
  const program = call.through[0] ?? call.name;
  return [{
    severity: 'info',
    code: 'sudo-in-check',
    message: `A check only looks, and may be run at any time and by anybody; with “${program}” it may ask for a password and can change everything. Let it look without, or make it a step of its own.`,
    start: call.start,
    end: call.start + program.length,
  }];
};
