import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeFeedback } from '../../../../src/notification-hubs/feedback/decode-feedback.ts';
import { parseContainerUrl } from '../../../../src/notification-hubs/feedback/parse-container-url.ts';
import { readFeedbackDocument } from '../../../../src/notification-hubs/feedback/read-feedback-document.ts';
import { splitFeedback } from '../../../../src/notification-hubs/feedback/split-feedback.ts';

// Samples of Microsoft's reference. They are not part of the repository; where they stand beside it, they are read.
const folder = join(import.meta.dirname, '../../../../../shared/payloads/hub');

if (existsSync(folder)) {
  describe('the samples of the REST reference', () => {
    it('hold two documents', () => {
      const text = decodeFeedback(readFileSync(join(folder, 'feedback.blob-07272016.docs.xml.txt')));
      const common = { error: 'ExpiredChannel', platform: 'other', handle: '---Removed---' };
      expect([...splitFeedback(text)].map((document) => readFeedbackDocument(document ?? ''))).toEqual([
        { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 47, 10, 890) },
        { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 56, 34, 158) },
      ]);
    });

    it('hold the address of a container that is followed', () => {
      const text = readFileSync(join(folder, 'feedback.container-url.docs.txt'), 'utf8');
      expect(parseContainerUrl(text, false)).toMatch(
        /^https:\/\/pushpnsfb5702abf7f71e31\.blob\.core\.windows\.net\/00000000000297200840\?sv=/,
      );
    });
  });
}
