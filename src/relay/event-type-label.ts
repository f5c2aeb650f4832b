import { eventTypes } from '../events/event-types.ts';

/** A type as a metric may carry it: one that the relay knows, or `other`. */
export function eventTypeLabel(type: string | undefined): string {
  return type !== undefined && Object.hasOwn(eventTypes, type) ? type : 'other';
}
