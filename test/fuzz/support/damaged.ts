import fc from 'fast-check';
import { nastyJson } from './nasty.ts';
import { recordings } from './recordings.ts';

type Damage = (text: string) => string;

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const flipBits = fc.array(fc.tuple(at, fc.nat(7)), { minLength: 1, maxLength: 12 }).map(
  (flips): Damage =>
    (text) => {
      const bytes = Buffer.from(text);
      for (const [where, bit] of flips) {
        const index = Math.floor(where * bytes.length);
        if (bytes.length > 0) bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
      }
      return bytes.toString('utf8');
    },
);
const cut = at.map(
  (where): Damage =>
    (text) =>
      text.slice(0, Math.floor(where * text.length)),
);
const splice = fc.tuple(at, at).map(
  ([from, to]): Damage =>
    (text) =>
      text.slice(0, Math.floor(from * text.length)) + text.slice(Math.floor(to * text.length)),
);
// Puts something in place of one JSON value of the text, which stays JSON if that is.
const replaceValue = fc.tuple(at, nastyJson).map(
  ([where, json]): Damage =>
    (text) => {
      const values = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|[\d.]+|null|true|false)/g)];
      const chosen = values[Math.floor(where * values.length)];
      if (chosen === undefined) return json;
      const end = chosen.index + chosen[0].length;
      return `${text.slice(0, chosen.index)}:${json}${text.slice(end)}`;
    },
);

/** Texts of recorded deliveries after one or two mishaps. */
export const damagedRecording: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...recordings).map((bytes) => bytes.toString('utf8')),
    fc.array(fc.oneof(flipBits, cut, splice, { weight: 4, arbitrary: replaceValue }), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([text, damages]) => damages.reduce((damaged, damage) => damage(damaged), text));
