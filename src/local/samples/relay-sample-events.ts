import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RelayError } from '../../errors/errors.ts';
import type { Clock } from '../../shared/time.ts';
import { refreshEvents } from './refresh-events.ts';
import { type SampleEvent, sampleEvents } from './sample-events.ts';

/**
 * Delivers the sample recordings, moved to the present, to the Event Grid webhook of a running host: one event in each
 * POST, as Event Grid does unless told otherwise, one after the other.
 */
export async function relaySampleEvents(hostUrl: string, recordings: string, clock: Clock): Promise<void> {
  for (const sample of sampleEvents) {
    const payload: unknown = JSON.parse(await readFile(join(recordings, sample.file), 'utf8'));
    for (const event of Array.isArray(payload) ? payload : [payload]) {
      await deliver(hostUrl, sample, refreshEvents(event, clock() - sample.ageMs, randomUUID));
    }
  }
}

async function deliver(hostUrl: string, { file, functionName }: SampleEvent, event: unknown): Promise<void> {
  const response = await fetch(`${hostUrl}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: JSON.stringify([event]),
  });
  const answer = await response.text();
  if (response.ok) return;
  throw new RelayError({
    code: 'INPUT_UNUSABLE',
    class: 'internal',
    message: `The sample ${file} was answered with ${response.status}: ${answer}`,
  });
}
