import { textMember } from './text-member.ts';

/** Id and type of an event as it came, in either envelope; empty where it has none. */
export interface EventName {
  readonly id: string;
  readonly type: string;
}

/** Reads the {@link EventName} of whatever was delivered. */
export function eventName(event: unknown): EventName {
  return {
    id: textMember(event, 'id') ?? '',
    type: textMember(event, 'eventType') ?? textMember(event, 'type') ?? '',
  };
}
