import { Worker } from 'node:worker_threads';
import type { PatternMatch } from '../core/checks/compareOutput.ts';

/** So long a pattern may be matched, in milliseconds: some patterns would take years. */
const LIMIT_MS = 2_000;

/** Runs beside everything else, so that it can be ended in the middle of a match. */
const MATCH = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage(new RegExp(workerData.source, workerData.flags).test(workerData.text));
`;

/** Matches a pattern of an author in a thread of its own, with a limit. */
export const matchPattern: PatternMatch = ({ source, flags }, text) =>
  new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = new Worker(MATCH, { eval: true, workerData: { source, flags, text }, stdout: true, stderr: true });
    } catch {
      return resolve(null);
    }
    const settle = (found: boolean | null): void => {
      clearTimeout(limit);
      resolve(found);
      void worker.terminate();
    };
    const limit = setTimeout(() => settle(null), LIMIT_MS);
    worker.once('message', (found: unknown) => settle(found === true));
    worker.once('error', () => settle(null));
    worker.once('exit', () => settle(null));
  });
