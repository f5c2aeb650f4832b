import { RelayError } from '../../errors/errors.ts';
import { dayMs } from '../../shared/time.ts';

/** The first time strictly after `afterMs` at which a schedule fires; both epoch milliseconds, schedule in UTC. */
export type NextOccurrence = (afterMs: number) => number;

const fields = [
  { name: 'second', low: 0, high: 59, names: '' },
  { name: 'minute', low: 0, high: 59, names: '' },
  { name: 'hour', low: 0, high: 23, names: '' },
  { name: 'day', low: 1, high: 31, names: '' },
  { name: 'month', low: 1, high: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec' },
  { name: 'day of week', low: 0, high: 7, names: 'sun mon tue wed thu fri sat' },
] as const;

type Field = (typeof fields)[number];

/** The calendar repeats every 28 years within a century, so a date not found by then does not exist. */
const longestSearchDays = 28 * 366;

/**
 * Reads the six-field NCRONTAB expression of a timer trigger: `{second} {minute} {hour} {day} {month} {day of week}`,
 * each a number, a name, `*`, a range, a step or a list of these. Both day fields must match, as in NCRONTAB.
 *
 * @throws RelayError `INPUT_UNUSABLE` for any other expression.
 */
export function parseNcrontab(expression: string): NextOccurrence {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    throw unusable(expression, `expected six fields, found ${parts.length}`);
  }
  const sets = fields.map((field, index) => parseField(parts[index] ?? '', field, expression));
  const [seconds, minutes, hours, days, months, weekdays] = sets;
  const fits = (set: ReadonlySet<number> | undefined, value: number) => set?.has(value) === true;
  const times = [...(hours ?? [])].flatMap((hour) =>
    [...(minutes ?? [])].flatMap((minute) =>
      [...(seconds ?? [])].map((second) => ((hour * 60 + minute) * 60 + second) * 1000),
    ),
  );
  return (afterMs) => {
    const firstDay = Math.floor(afterMs / dayMs) * dayMs;
    for (let count = 0; count <= longestSearchDays; count += 1) {
      const startMs = firstDay + count * dayMs;
      const day = new Date(startMs);
      if (!fits(days, day.getUTCDate()) || !fits(months, day.getUTCMonth() + 1)) continue;
      if (!fits(weekdays, day.getUTCDay())) continue;
      const time = times.find((timeMs) => startMs + timeMs > afterMs);
      if (time !== undefined) return startMs + time;
    }
    throw unusable(expression, 'no day matches it');
  };
}

function parseField(text: string, field: Field, expression: string): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', stepText] = part.split('/');
    const [lowText = '', highText] =
      range === '*' ? [String(field.low), String(field.high)] : range.split('-');
    const low = toNumber(lowText, field);
    // A lone number with a step runs to the end of the field: 5/10 is 5, 15, 25 …
    const high =
      highText === undefined ? (stepText === undefined ? low : field.high) : toNumber(highText, field);
    const step = stepText === undefined ? 1 : Number(stepText);
    const inside = low >= field.low && high <= field.high && low <= high;
    if (!inside || !Number.isInteger(step) || step < 1) {
      throw unusable(expression, `"${part}" is not a valid ${field.name} (${field.low} to ${field.high})`);
    }
    for (let value = low; value <= high; value += step) values.add(normalize(value, field));
  }
  return new Set([...values].toSorted((a, b) => a - b));
}

/** Sunday may be written as 7. */
function normalize(value: number, field: Field) {
  return field.name === 'day of week' ? value % 7 : value;
}

function toNumber(text: string, field: Field): number {
  const position = text === '' ? -1 : field.names.split(' ').indexOf(text.toLowerCase().slice(0, 3));
  if (position >= 0) return position + field.low;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function unusable(expression: string, why: string): RelayError {
  return new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `Invalid timer schedule "${expression}": ${why}. Use an NCRONTAB expression of six fields, such as "0 */5 * * * *".`,
  });
}
