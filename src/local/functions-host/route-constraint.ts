import { RelayError } from '../../errors/errors.ts';

/** Says whether a decoded path segment fits. */
export type RouteConstraint = (value: string) => boolean;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const integer = /^-?\d+$/;

type Build = (argument: string) => RouteConstraint;

const builders: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['int', () => (value) => integer.test(value) && Math.abs(Number(value)) <= 2_147_483_647],
  ['long', () => (value) => integer.test(value)],
  ['bool', () => (value) => /^(true|false)$/i.test(value)],
  ['guid', () => (value) => guid.test(value)],
  ['alpha', () => (value) => /^[a-z]*$/i.test(value)],
  ['required', () => (value) => value !== ''],
  ['minlength', (argument) => (value) => value.length >= Number(argument)],
  ['maxlength', (argument) => (value) => value.length <= Number(argument)],
  ['length', (argument) => between(argument, (value) => value.length)],
  ['min', (argument) => (value) => integer.test(value) && Number(value) >= Number(argument)],
  ['max', (argument) => (value) => integer.test(value) && Number(value) <= Number(argument)],
  ['range', (argument) => between(argument, (value) => (integer.test(value) ? Number(value) : Number.NaN))],
  [
    'regex',
    (argument) => {
      const pattern = new RegExp(argument, 'i');
      return (value) => pattern.test(value);
    },
  ],
]);

/**
 * Builds the inline constraint of a route parameter, such as `int` or `maxlength(20)`; the names are those of ASP.NET
 * Core routing, which the Functions host uses.
 */
export function parseRouteConstraint(text: string): RouteConstraint {
  const [, name = '', argument = ''] = /^([a-z]+)(?:\((.*)\))?$/i.exec(text) ?? [];
  const build = builders.get(name.toLowerCase());
  if (build !== undefined) return build(argument);
  throw new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `Route constraint "${text}" is not known: use one of ${[...builders.keys()].join(', ')}.`,
  });
}

/** `n` or `low,high`, both ends included. */
function between(argument: string, measure: (value: string) => number): RouteConstraint {
  const [low = Number.NaN, high = low] = argument.split(',').map(Number);
  return (value) => measure(value) >= low && measure(value) <= high;
}
