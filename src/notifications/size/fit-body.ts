import { RelayError } from '../../errors/errors.ts';
import { cutText } from './cut-text.ts';
import { maxBodyBytes } from './max-body-bytes.ts';

/** The parts of a payload that may be shortened or, the last one, left out. */
export interface FlexibleParts {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  /** The caller's or sender's name. */
  readonly name?: string | undefined;
  /** Opaque data of the Calling SDK, which is whole or absent. */
  readonly callPayload?: string | undefined;
}

/**
 * Serialises a payload so that it has at most 4,096 bytes: cuts the body text first, then title and name, and at last
 * leaves the call payload out. What is not a flexible part is never touched.
 *
 * @param build makes the JSON text from the parts; more text must never make it shorter
 * @throws RelayError `EVENT_PAYLOAD_TOO_LARGE` when even that does not fit
 */
export function fitBody(parts: FlexibleParts, build: (parts: FlexibleParts) => string): string {
  const whole = wellFormed(parts);
  const first = build(whole);
  if (fits(first)) return first;
  const cutBody = longestThatFits((graphemes) => build({ ...whole, body: cut(whole.body, graphemes) }));
  if (cutBody !== undefined) return cutBody;
  return cutNames(whole, build) ?? cutNames({ ...whole, callPayload: undefined }, build) ?? tooLarge(first);
}

function cutNames(parts: FlexibleParts, build: (parts: FlexibleParts) => string): string | undefined {
  return longestThatFits((graphemes) =>
    build({
      ...parts,
      body: cut(parts.body, graphemes),
      title: cut(parts.title, graphemes),
      name: cut(parts.name, graphemes),
    }),
  );
}

// Half surrogate pairs are no valid Unicode: push services refuse them, so they become U+FFFD.
function wellFormed(parts: FlexibleParts): FlexibleParts {
  return {
    title: parts.title?.toWellFormed(),
    body: parts.body?.toWellFormed(),
    name: parts.name?.toWellFormed(),
    callPayload: parts.callPayload,
  };
}

function cut(text: string | undefined, graphemes: number): string | undefined {
  return text === undefined ? undefined : cutText(text, graphemes);
}

function longestThatFits(buildWith: (graphemes: number) => string): string | undefined {
  let best: string | undefined;
  let low = 0;
  let high = maxBodyBytes;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const candidate = buildWith(middle);
    if (fits(candidate)) {
      best = candidate;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

function fits(body: string): boolean {
  return Buffer.byteLength(body, 'utf8') <= maxBodyBytes;
}

function tooLarge(body: string): never {
  throw new RelayError({
    code: 'EVENT_PAYLOAD_TOO_LARGE',
    class: 'user',
    message: `The push would have ${Buffer.byteLength(body, 'utf8')} bytes, and ${maxBodyBytes} are allowed; its ids alone are too long, and ids are never cut. Look at the ids of the event: no id of Azure Communication Services is that long.`,
  });
}
