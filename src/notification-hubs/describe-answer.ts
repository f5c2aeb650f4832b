import { redactDetail } from './redact-detail.ts';

/** Plain search instead of a pattern: its cost stays linear whatever the body holds. */
const textBetween = (text: string, start: string, end: string): string => {
  const from = text.indexOf(start);
  const to = from === -1 ? -1 : text.indexOf(end, from + start.length);
  return to === -1 ? '' : text.slice(from + start.length, to);
};

/** `&amp;` comes last, so that nothing is decoded twice. */
const decodeEntities = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/**
 * Says in one short redacted line why the hub did not take a request: `HTTP 400` and, when the body is the hub's
 * `<Error><Code>…</Code><Detail>…</Detail></Error>`, its detail. Any other body (a proxy's page) is left out.
 *
 * @param secrets - texts that must not appear in it.
 */
export const describeAnswer = (status: number, body: string, secrets: readonly string[]): string => {
  const detail = redactDetail(decodeEntities(textBetween(body, '<Detail>', '</Detail>')), secrets);
  return detail === '' ? `HTTP ${status}` : `HTTP ${status}: ${detail}`;
};
