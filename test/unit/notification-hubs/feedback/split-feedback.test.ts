import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeFeedback,
  readFeedbackDocument,
  splitFeedback,
} from '../../../../src/notification-hubs/feedback/feedback-document.ts';

const split = (text: string) => [...splitFeedback(text)];

describe('splitFeedback', () => {
  it('finds nothing in nothing', () => {
    expect(split('')).toEqual([]);
    expect(split('<?xml version="1.0"?><Feedback></Feedback>')).toEqual([]);
  });

  it('finds every document, whatever stands between them', () => {
    const text =
      '\uFEFF<?xml version="1.0" encoding="utf-16"?>\r\n<PnsFeedback xmlns="x"><A>1</A></PnsFeedback>' +
      ' \0garbage </PnsFeedback> <A/>\uFEFF<?xml version="1.0"?><PnsFeedback>\n2</PnsFeedback><PnsFeedback\t>3</PnsFeedback>';
    expect(split(text)).toEqual([
      '<PnsFeedback xmlns="x"><A>1</A></PnsFeedback>',
      '<PnsFeedback>\n2</PnsFeedback>',
      '<PnsFeedback\t>3</PnsFeedback>',
    ]);
  });

  it('tells of a document that is cut off, first, in the middle or last', () => {
    expect(split('<A>1</A></PnsFeedback><PnsFeedback>2</PnsFeedback>')).toEqual([
      '<PnsFeedback>2</PnsFeedback>',
    ]);
    expect(split('<PnsFeedback><A>1<PnsFeedback>2</PnsFeedback><PnsFeedback>3</PnsFeedback>')).toEqual([
      undefined,
      '<PnsFeedback>2</PnsFeedback>',
      '<PnsFeedback>3</PnsFeedback>',
    ]);
    expect(split('<PnsFeedback>1</PnsFeedback><PnsFeedback>2<PnsFeedback')).toEqual([
      '<PnsFeedback>1</PnsFeedback>',
      undefined,
      undefined,
    ]);
  });

  it('does not take an element whose name begins alike', () => {
    expect(split('<PnsFeedbacks><PnsFeedbackTime></PnsFeedback>')).toEqual([]);
  });

  it('takes a document of 8,192 characters and none that is longer', () => {
    const document = (length: number) => `<PnsFeedback>${'x'.repeat(length - 27)}</PnsFeedback>`;
    expect(split(document(8192)).map((text) => text?.length)).toEqual([8192]);
    expect(split(`${document(8193)}${document(30)}`)).toEqual([undefined, '<PnsFeedback>xxx</PnsFeedback>']);
  });
});

// Microsoft's own example. It is not part of the repository; where it stands beside it, it is read.
const sample = join(
  import.meta.dirname,
  '../../../../../shared/payloads/hub/feedback.blob-07272016.docs.xml.txt',
);
if (existsSync(sample)) {
  it('finds the two documents of the example of the REST reference', () => {
    const text = decodeFeedback(readFileSync(sample));
    const common = { error: 'ExpiredChannel', platform: 'other', handle: '---Removed---' };
    expect([...splitFeedback(text)].map((document) => readFeedbackDocument(document ?? ''))).toEqual([
      { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 47, 10, 890) },
      { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 56, 34, 158) },
    ]);
  });
}
