import { sampleUserId } from '../../samples/sample-devices.ts';

const identifier = (rawId: string) => ({
  kind: 'communicationUser',
  rawId,
  communicationUser: { id: rawId },
});

const callerId = `${sampleUserId.slice(0, sampleUserId.lastIndexOf('-'))}-aabbccddeeff`;

/** The people of the scenarios: the sample user, whose devices are on the page, and who calls and writes to them. */
export const people = {
  user: { name: 'Ada Lindqvist', rawId: sampleUserId, identifier: identifier(sampleUserId) },
  other: { name: 'Ben Okafor', rawId: callerId, identifier: identifier(callerId) },
};
