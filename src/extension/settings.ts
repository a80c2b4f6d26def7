import { type ConfigurationChangeEvent, type Uri, workspace } from 'vscode';
import { settingDefaults, type Settings } from './contributions.ts';

const section = 'guidedRunbooks';

/** A setting's value for a resource. A value of the wrong type counts as not set. */
export function readSetting<K extends keyof Settings>(key: K, resource: Uri | undefined): Settings[K] {
  const value = workspace.getConfiguration(section, resource).get<unknown>(key);
  return isLike(value, settingDefaults[key]) ? value : settingDefaults[key];
}

/** Whether a change of the configuration concerns a setting. */
export function concerns(event: ConfigurationChangeEvent, key: keyof Settings): boolean {
  return event.affectsConfiguration(`${section}.${key}`);
}

function isLike<T>(value: unknown, sample: T): value is T {
  if (Array.isArray(sample)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof sample && value !== null && !Array.isArray(value);
}
