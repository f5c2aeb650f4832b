import type { Case } from './case.ts';

const ringMs = 30_000;

/** Requests for a ring at or after its deadline, or that let the push service keep the ring for longer. */
export function judgeLate({ world, byId }: Case): readonly string[] {
  return world.posts
    .filter(({ kind, eventId, atMs, keptUntilMs }) => {
      const deadlineMs = (byId.get(eventId)?.timeMs ?? 0) + ringMs;
      return kind === 'incoming-call' && (atMs >= deadlineMs || keptUntilMs > deadlineMs);
    })
    .map(
      ({ eventId, deviceId, atMs, keptUntilMs }) =>
        `${eventId} to ${deviceId} at ${atMs} until ${keptUntilMs}`,
    );
}
