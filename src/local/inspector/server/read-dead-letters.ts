import type { DeadLetterStore } from '../../../deliveries/dead-letter-store.ts';
import { eventName } from '../shared/event-name.ts';
import type { ShownDeadLetter } from '../shared/inspector-state.ts';

/** So many of the newest are shown. */
const shown = 20;

/** The newest dead letters of the relay, newest first; none while storage or the settings cannot be read. */
export async function readDeadLetters(
  open: () => Pick<DeadLetterStore, 'list' | 'get'>,
): Promise<readonly ShownDeadLetter[]> {
  try {
    const store = open();
    const names: string[] = [];
    for await (const name of store.list()) names.push(name);
    const letters = await Promise.all(
      names.slice(-shown).map(async (name) =>
        ((await store.get(name)) ?? []).map(({ reason, message, event }): ShownDeadLetter => {
          const { id, type } = eventName(event.kind === 'json' ? event.value : undefined);
          return { name, reason, message, eventId: id, eventType: type };
        }),
      ),
    );
    return letters.flat().toReversed();
  } catch {
    return [];
  }
}
