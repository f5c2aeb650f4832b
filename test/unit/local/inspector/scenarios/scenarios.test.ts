import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../../../src/events/parse-event.ts';
import { wrapEvent } from '../../../../../src/local/inspector/scenarios/scenario.ts';
import { scenarios } from '../../../../../src/local/inspector/scenarios/scenarios.ts';

const nineMs = Date.UTC(2026, 10, 22, 9);

/** How the relay reads each step of a scenario. */
function endsOf(id: string, envelope: 'eventgrid' | 'cloudevents'): readonly string[] {
  const steps = scenarios
    .find((scenario) => scenario.id === id)
    ?.steps({ nowMs: nineMs, newId: () => '7b0f2c66-24f0-4e0c-9d35-1d6f6f0d2a11' });
  return (steps ?? []).map(({ event }) => {
    const parsed = parseEvent(wrapEvent(event, envelope, 'e1', nineMs), 0);
    return parsed.kind === 'event' ? parsed.event.kind : parsed.kind;
  });
}

describe.each(['eventgrid', 'cloudevents'] as const)('the scenarios in %s', (envelope) => {
  it.each([
    ['ring', ['incoming-call']],
    ['ring-answered', ['incoming-call', 'call-participant-added']],
    ['ring-ended', ['incoming-call', 'call-ended']],
    ['ring-late', ['incoming-call']],
    ['message', ['chat-message', 'chat-message-edited', 'chat-message-deleted']],
    ['message-emoji', ['chat-message']],
    ['chat-added', ['chat-added']],
    ['chat-updated', ['chat-updated']],
    ['chat-removed', ['chat-removed']],
    ['duplicate', ['chat-message', 'chat-message']],
    ['poison', ['poison']],
  ])('has in %s the events that the relay reads as %j', (id, kinds) => {
    expect(endsOf(id, envelope)).toEqual(kinds);
  });
});

describe('scenarios', () => {
  it('have unique ids and a one-sentence hint each', () => {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(11);
    for (const { hint } of scenarios) expect(hint).toMatch(/^[A-Z].*\.$/);
  });

  it('start a new call in each run', () => {
    const ids = ['one', 'two'];
    const calls = [1, 2].map(
      () =>
        scenarios[0]?.steps({ nowMs: nineMs, newId: () => ids.shift() ?? 'none' })[0]?.event.data[
          'correlationId'
        ],
    );
    expect(calls).toEqual(['one', 'two']);
  });
});
