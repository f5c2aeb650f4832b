import type { AcsEvent, EnvelopeKind } from './scenario.ts';

const resource =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Communication/communicationServices/inspector';

/**
 * Puts an event into its envelope: the Event Grid schema or CloudEvents 1.0, as Event Grid delivers them.
 *
 * @param timeMs when the event happened, epoch milliseconds
 */
export function wrapEvent(event: AcsEvent, envelope: EnvelopeKind, id: string, timeMs: number): object {
  const { subject, data } = event;
  const type = `Microsoft.Communication.${event.type}`;
  const time = new Date(timeMs).toISOString();
  return envelope === 'cloudevents'
    ? { id, source: resource, subject, data, type, specversion: '1.0', time }
    : {
        id,
        topic: resource,
        subject,
        data,
        eventType: type,
        dataVersion: '1.0',
        metadataVersion: '1',
        eventTime: time,
      };
}
