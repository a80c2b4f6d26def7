import type { Figure, Summary } from './measure.ts';

/** What a section has measured. */
export interface SectionReport {
  readonly section: string;
  /** How it was measured, in a sentence. */
  readonly method: string;
  readonly figures: readonly Figure[];
  /** Anything else worth a line. */
  readonly notes: readonly string[];
}

const HEAD = ['', 'ours', 'beside it', 'ratio ours : other', 'target'];

/** A plain text table of a section. */
export function table({ section, method, figures, notes }: SectionReport): string {
  const rows = [HEAD, ...figures.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [`== ${section}`, method, '', ...lines, ...notes.map((note) => `  ${note}`), ''].join('\n');
}

function cells(figure: Figure): readonly string[] {
  const target = figure.target ?? '';
  if (figure.kind === 'fact') return [figure.name, `${short(figure.value)} ${figure.unit}`, '', '', target];
  const { name, unit, ours, other, otherName, ratio, rounds } = figure;
  return [name, `${range(ours)} ${unit}`, `${range(other)} ${unit}, ${otherName}`, `${range(ratio, 2)} (${rounds} rounds)`, target];
}

function range({ median, min, max }: Summary, digits?: number): string {
  return `${short(median, digits)} [${short(min, digits)}–${short(max, digits)}]`;
}

function short(value: number, digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0): string {
  return value.toFixed(digits);
}
