import { problemWith, type FieldNeed } from '../run/fieldValue.ts';
import type { Command } from '../runbook/model.ts';
import { REQUEST_LANGUAGE } from '../runbook/vocabulary.ts';
import * as errors from '../userErrors.ts';
import { parseRequest } from './httpRequest.ts';

/** Whether a command is a request that is sent, and no block for a shell. */
export function isRequest({ language }: Pick<Command, 'language'>): boolean {
  return language === REQUEST_LANGUAGE;
}

/** What is asked of the values that a request needs. */
export function requestNeeds(command: Command): readonly FieldNeed[] {
  return [...new Set(command.placeholders.map(({ name }) => name))].map((name) => ({ name, evaluatedBy: null, beginsWord: false }));
}

/**
 * Puts values into a request, each so that it cannot break out of its place:
 * encoded in the address, as a string's inside in a JSON body. A value that the
 * address begins with has to be the beginning of a web address.
 *
 * Throws a UserError when a value is missing or refused, or when the whole is no request.
 */
export function fillRequest(command: Command, values: ReadonlyMap<string, string>): string {
  const { text } = command;
  const bodyAt = /\n[ \t]*\n/.exec(text.replace(/^(?:\s*(?:#.*)?\n)+/, (lines) => 'x'.repeat(lines.length)))?.index ?? text.length;
  const isJson = /^[ \t]*[[{]/.test(text.slice(bodyAt).trimStart());
  let filled = '';
  let done = 0;
  for (const { name, start, end } of [...command.placeholders].sort((a, b) => a.start - b.start)) {
    const value = values.get(name);
    if (value === undefined) throw errors.valueMissing(name);
    const problem = problemWith(value, { name, evaluatedBy: null, beginsWord: false });
    if (problem !== null) throw errors.valueRefused(name, problem);
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const isAddress = start < bodyAt && !line.includes(':') && /^(?:[A-Za-z]+[ \t]+)?$/.test(line);
    const isInAddress = start < bodyAt && /^(?:[A-Za-z]+[ \t]+)?(?:https?:\/\/|\{\{)\S*$/i.test(line);
    if (isAddress && !/^https?:\/\/[^\s?#@]+$/i.test(value)) throw errors.valueRefused(name, 'has to begin a web address here, such as http://127.0.0.1:8080.');
    const put = isAddress ? value : isInAddress ? encodeURIComponent(value) : start >= bodyAt && isJson ? JSON.stringify(value).slice(1, -1) : value;
    filled += text.slice(done, start) + put;
    done = end;
  }
  filled += text.slice(done);
  const request = parseRequest(filled);
  if (typeof request === 'string') throw errors.badRequest(request);
  return filled;
}
