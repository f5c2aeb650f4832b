import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFeedback,
  readFeedbackDocument,
  splitFeedback,
} from '../../src/notification-hubs/feedback/feedback-document.ts';

const fuzzMs = Number(process.env['FUZZ_SECONDS'] ?? 2) * 1_000;

/** Reads a blob to its end; every document must be a record or nothing. */
function readAll(bytes: Uint8Array): { readonly records: number; readonly broken: number } {
  let records = 0;
  let broken = 0;
  for (const document of splitFeedback(decodeFeedback(bytes))) {
    const record = document === undefined ? undefined : readFeedbackDocument(document);
    if (record === undefined) broken += 1;
    else {
      records += 1;
      expect(Object.keys(record).sort()).toEqual(['error', 'feedbackTimeMs', 'handle', 'platform']);
      expect(Number.isSafeInteger(record.feedbackTimeMs)).toBe(true);
      expect(record.handle.length).toBeLessThanOrEqual(4096);
      expect(['apns', 'fcmv1', 'other']).toContain(record.platform);
    }
  }
  return { records, broken };
}

const fields =
  '<FeedbackTime>2026-11-22T08:30:00Z</FeedbackTime><NotificationSystemError>ExpiredChannel</NotificationSystemError>' +
  '<Platform>apple</Platform>';
const withHandle = (handle: string) => `<PnsFeedback>${fields}<PnsHandle>${handle}</PnsHandle></PnsFeedback>`;

/** Ten entities, each ten times the one before: "billion laughs". */
const entities = Array.from(
  { length: 10 },
  (_, level) => `<!ENTITY l${level + 1} "${level === 0 ? 'lol' : `&l${level};`.repeat(10)}">`,
).join('');
const doctype = `<!DOCTYPE PnsFeedback [${entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;

describe('hostile feedback', () => {
  const repeated = (part: string) => part.repeat(Math.ceil(1_048_576 / part.length));
  it.each<readonly [string, string, { readonly records: number }]>([
    [
      'an entity bomb before the document',
      `<?xml version="1.0"?>${doctype}${withHandle('&l10;')}`,
      { records: 1 },
    ],
    ['an entity bomb in the document', withHandle(`${doctype}&l10;`), { records: 0 }],
    ['a file as an entity', `${doctype}${withHandle('&file;')}`, { records: 1 }],
    ['a million levels', `<PnsFeedback>${repeated('<a>')}`, { records: 0 }],
    ['2,500 levels in one document', withHandle('<a>'.repeat(2_500)), { records: 0 }],
    ['1 MB of text', withHandle(repeated('x')), { records: 0 }],
    ['1 MB of one attribute', `<PnsFeedback a="${repeated('x')}">${fields}</PnsFeedback>`, { records: 0 }],
    ['1 MB of attributes', withHandle('').replace('>', repeated(' a="1"').concat('>')), { records: 0 }],
    ['1 MB of beginnings', repeated('<PnsFeedback>'), { records: 0 }],
    ['1 MB of beginnings that are none', repeated('<PnsFeedbackX'), { records: 0 }],
    ['1 MB of ends', repeated('</PnsFeedback>'), { records: 0 }],
    ['1 MB of empty documents', repeated('<PnsFeedback></PnsFeedback>'), { records: 0 }],
    ['1 MB of open brackets', `<PnsFeedback ${repeated('<')}`, { records: 0 }],
    ['open brackets in one document', withHandle('<'.repeat(7_500)), { records: 0 }],
    ['spaces in one document', withHandle(`a${' '.repeat(7_500)}b`), { records: 0 }],
    ['ampersands in one document', withHandle('&'.repeat(4_000)), { records: 0 }],
    ['questions in one document', withHandle('<?'.repeat(3_500)), { records: 0 }],
    ['empty elements in one document', withHandle('<a/>'.repeat(1_900)), { records: 0 }],
    ['1 MB of zeros', repeated('\0'), { records: 0 }],
  ])('of %s costs little time and gives a typed answer', (_what, text, expected) => {
    const bytes = Buffer.from(text);
    const startMs = performance.now();
    expect(readAll(bytes)).toMatchObject(expected);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('of an entity is never expanded', () => {
    const [document = ''] = [...splitFeedback(`${doctype}${withHandle('&l10;&file;')}`)];
    expect(readFeedbackDocument(document)?.handle).toBe('&l10;&file;');
  });
});

it(
  'reads any bytes to their end',
  () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '<PnsFeedback>',
        '<PnsFeedback xmlns="x">',
        '</PnsFeedback>',
        '<PnsFeedback/>',
        '<?xml version="1.0" encoding="utf-16"?>',
        '\uFEFF',
        fields,
        '<PnsHandle>a</PnsHandle>',
        '<PnsHandle i:nil="true"/>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        doctype,
        '&l10;',
        '<a>'.repeat(200),
        '<__proto__>1</__proto__>',
        '<constructor/>',
      ),
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    const bytes = fc.oneof(
      text.map((one) => Buffer.from(one)),
      text.map((one) => Buffer.from(one, 'utf16le')),
      fc.uint8Array({ maxLength: 2_000 }),
    );
    fc.assert(
      fc.property(bytes, (blob) => {
        readAll(blob);
      }),
      { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: fuzzMs },
    );
  },
  fuzzMs + 20_000,
);
