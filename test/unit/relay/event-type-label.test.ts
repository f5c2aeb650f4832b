import { expect, it } from 'vitest';
import { eventTypeLabel } from '../../../src/relay/observe-event.ts';

it.each([
  ['Microsoft.Communication.IncomingCall', 'Microsoft.Communication.IncomingCall'],
  ['Microsoft.Communication.NotYetInvented', 'other'],
  ['toString', 'other'],
  [undefined, 'other'],
])('%s is counted as %s', (type, label) => {
  expect(eventTypeLabel(type)).toBe(label);
});
