import { askSecrets, answeredInput, isToBeKept } from '../core/run/setup/askStart.ts';
import { NO_QUESTIONS, type InputDefinition } from '../core/runbook/setup/model.ts';
import { problemWithValue } from '../core/runbook/setup/inputValue.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';
import { environmentNameOf } from '../core/run/setup/environmentNameOf.ts';

/** Secrets that are kept for an environment, by name; what no longer fits its input is not taken. */
export async function keptSecrets({ ports }: SessionContext, environment: string | null, inputs: readonly InputDefinition[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const input of inputs.filter(({ secret }) => secret)) {
    const value = (await ports.secrets?.get(environment, input.name).catch(() => null)) ?? null;
    if (value !== null && value !== '' && problemWithValue(value, input) === null) found.set(input.name, value);
  }
  return found;
}

/**
 * Keeps secrets, and forgets those with null. A storage that fails is said, and
 * is no reason to stop: the run goes on with what was typed.
 */
export async function keepSecrets(context: SessionContext, environment: string | null, secrets: ReadonlyMap<string, string | null>): Promise<void> {
  const vault = context.ports.secrets;
  if (vault === undefined) return;
  try {
    for (const [name, value] of secrets) await (value === null || value === '' ? vault.forget(environment, name) : vault.keep(environment, name, value));
  } catch {
    throw errors.secretNotKept();
  }
}

/**
 * Sees to it that this window knows the secrets of its run: from where they are
 * kept, else from the person, who is asked. Says whether it asked; `proceed` is
 * called once they are known.
 */
export async function asksForSecrets(context: SessionContext, proceed: () => Promise<void>): Promise<boolean> {
  const { state, secrets, runbook } = context;
  const missing = (state?.setup?.secrets ?? []).filter((name) => !secrets.values.has(name));
  if (missing.length === 0) return false;
  const defined = (runbook.frontMatter.setup ?? NO_QUESTIONS).inputs.filter(({ secret }) => secret);
  const inputs = missing.map((name) => {
    const input = defined.find((each) => each.name === name);
    if (input === undefined) throw errors.secretUndefined(name);
    return input;
  });
  const environment = environmentNameOf(state);
  const kept = await keptSecrets(context, environment, inputs);
  secrets.set(new Map([...secrets.values, ...kept]));
  // One that need not be given and is not kept was left empty, or kept elsewhere: that is asked too.
  const open = inputs.filter(({ name }) => !kept.has(name));
  if (open.length === 0) return false;
  context.prompts.ask(askSecrets(open, context.ports.secrets !== undefined), async (answers) => {
    const given = new Map(open.map(({ name }) => [name, answeredInput(answers, name)] as const));
    secrets.set(new Map([...secrets.values, ...given]));
    const toKeep = new Map([...given].filter(([name]) => isToBeKept(answers, name)));
    await proceed();
    await keepSecrets(context, environment, toKeep);
  });
  return true;
}
