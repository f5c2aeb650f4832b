import type { Figure, Limit } from './figure.ts';
import { meetsLimit } from './meets-limit.ts';

const head = ['', 'figure', 'relay', '', 'against', '', 'ratio', 'limit', ''];
const rightAligned: ReadonlySet<number> = new Set([2, 5, 6]);

/** Formats the figures as a table with one line each and a trailing line break. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = [head, ...figures.map(cells)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function cells(figure: Figure): string[] {
  const { section, name, value, unit, rival, limit } = figure;
  const met = meetsLimit(figure);
  return [
    section,
    name,
    number(value),
    unit,
    rival?.name ?? '',
    rival === undefined ? '' : number(rival.value),
    rival === undefined ? '' : rival.ratio.toPrecision(3),
    limit === undefined ? '' : bound(limit),
    met === undefined ? '' : met ? 'met' : 'NOT MET',
  ];
}

function bound({ kind, bound }: Limit): string {
  return `${kind === 'at-least' ? '>=' : '<='} ${bound}`;
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
