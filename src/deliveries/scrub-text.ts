import { callSecretNames } from './call-secret-names.ts';

// The member of a JSON object that is a call's secret, as it stands in a text: quotes may be escaped when JSON text
// stands inside JSON text, the value may hold escapes other than quotes, and it may be cut off at the end of the text.
// Every repetition is bounded or ends at a fixed character, so the time is linear in the length.
const secretMember = new RegExp(
  String.raw`(\\{0,8}"(?:${callSecretNames})\\{0,8}"\s{0,32}:\s{0,32}\\{0,8}")(?:[^"\\]|\\{1,8}[^"\\])*`,
  'gi',
);

/** A text in which the values of a call's secrets are gone. Doing it twice changes nothing more. */
export function scrubText(text: string): string {
  // Nearly all texts of an event are ids and words, without a quote.
  return text.includes('"') ? text.replace(secretMember, '$1') : text;
}
