import { RelayError } from '../../errors/errors.ts';

export interface RouteTemplate {
  /** The decoded parameters of a matching path, without absent optional ones; undefined when the path does not match. */
  readonly match: (path: string) => Readonly<Record<string, string>> | undefined;
  /** Sort key, compared as text: more specific routes come first, as in ASP.NET. */
  readonly precedence: string;
}

/**
 * Compiles a route such as `api/users/{userId}/devices/{deviceId?}`: literals in any case, parameters, optional last
 * parameters, constraints (`{id:int}`) and a catch-all (`{*rest}`), one per segment.
 */
export function compileRoute(template: string): RouteTemplate {
  const segments = split(template).map((text) => parseSegment(text, template));
  return {
    match: (path) => matchSegments(segments, split(path)),
    precedence: segments.map(rank).join(''),
  };
}

function split(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter' | 'catch-all';
      readonly name: string;
      readonly optional: boolean;
      readonly constraints: readonly RouteConstraint[];
    };

function parseSegment(text: string, template: string): Segment {
  if (!/[{}]/.test(text)) return { kind: 'literal', text: text.toLowerCase() };
  const [, star, name, constraints = '', optional] =
    /^\{(\*{0,2})(\w+)((?::[^{}]+?)*)(\?)?\}$/.exec(text) ?? [];
  if (name === undefined) {
    throw new RelayError({
      code: 'INPUT_UNUSABLE',
      class: 'user',
      message: `Route "${template}" has a segment that the local host cannot parse: "${text}". Use {name}, {name?}, {name:int} or {*name}.`,
    });
  }
  return {
    kind: star === '' ? 'parameter' : 'catch-all',
    name,
    optional: optional !== undefined || star !== '',
    constraints: constraints.split(':').filter(Boolean).map(parseRouteConstraint),
  };
}

/** Whether a decoded path segment matches. */
type RouteConstraint = (value: string) => boolean;

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
function parseRouteConstraint(text: string): RouteConstraint {
  const [, name = '', argument = ''] = /^([a-z]+)(?:\((.*)\))?$/i.exec(text) ?? [];
  const build = builders.get(name.toLowerCase());
  if (build !== undefined) return build(argument);
  throw new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `Unknown route constraint "${text}". Use one of ${[...builders.keys()].join(', ')}.`,
  });
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const raw = segment.kind === 'catch-all' ? parts.slice(index).join('/') : parts[index];
    if (raw === undefined || raw === '') {
      if (segment.kind === 'literal' || !segment.optional) return undefined;
      continue;
    }
    const value = decode(raw);
    if (value === undefined) return undefined;
    if (segment.kind === 'literal') {
      if (value.toLowerCase() !== segment.text) return undefined;
      continue;
    }
    if (!segment.constraints.every((fits) => fits(value))) return undefined;
    parameters[segment.name] = value;
  }
  const open = segments.at(-1)?.kind === 'catch-all';
  return open || parts.length <= segments.length ? parameters : undefined;
}

/** Percent-decodes everything but `%2F`, as ASP.NET Core does with paths. */
function decode(text: string): string | undefined {
  try {
    return text
      .split(/(%2f)/i)
      .map((part) => (/^%2f$/i.test(part) ? part : decodeURIComponent(part)))
      .join('');
  } catch {
    return undefined;
  }
}

function rank(segment: Segment): string {
  if (segment.kind === 'literal') return '1';
  if (segment.kind === 'catch-all') return '5';
  return segment.constraints.length > 0 ? '2' : '3';
}

/** `n` or `low,high`, both ends included. */
function between(argument: string, measure: (value: string) => number): RouteConstraint {
  const [low = Number.NaN, high = low] = argument.split(',').map(Number);
  return (value) => measure(value) >= low && measure(value) <= high;
}
