/** Something to begin a runbook with. */
export interface Template {
  readonly label: string;
  readonly detail: string;
  /** Where its files are in this extension, and what they are called in a workspace; they stand beside each other. */
  readonly files: readonly { readonly source: string; readonly name: string }[];
}

/** Files below `runbooks/`, under their own names. */
function samples(...paths: readonly string[]): Template['files'] {
  return paths.map((path) => ({ source: `runbooks/${path}.runbook.md`, name: `${path.slice(path.lastIndexOf('/') + 1)}.runbook.md` }));
}

/** What *New…* offers: a short one to begin with, and the runnable samples. */
export const templates: readonly Template[] = [
  { label: 'Short', detail: 'Pre-flight, a decision, one phase, two rollback levels: the parts that every deployment has.', files: [{ source: 'media/templates/short.runbook.md', name: 'deploy.runbook.md' }] },
  { label: 'Deployment in phases with three ways back', detail: 'The demo: code first, then its feature, each verified; feature toggle, code rollback, full restore.', files: samples('demo/deploy') },
  { label: 'A risky release, phase by phase', detail: 'Isolated copy, tests side by side, benchmark, staging with a soak, canary, production; alert thresholds with monitors, three rollback levels.', files: samples('phased') },
  { label: 'Rollout by shares of the customers', detail: 'A feature in shadow, then for 10, 50 and 100 per cent: soak, validation and approval of each, monitors and triggers.', files: samples('rollout') },
  { label: 'Task cards', detail: 'Work split among people: owners, durations, what waits for what, acceptance criteria; a load test and a dry run on staging.', files: samples('tasks') },
  { label: 'Deployment pipeline', detail: 'One way for every environment: checks, backup, migrations, verification, a log; back to the last deployment, a version or a commit.', files: samples('pipeline') },
  { label: 'Release of four documents', detail: 'A checklist, rollback procedures, a monitoring guide and a verification that open each other and share one run’s facts.', files: samples('release/checklist', 'release/rollback', 'release/monitoring', 'release/verification') },
];
