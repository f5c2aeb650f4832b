import { describe, expect, it } from 'vitest';
import { buildPayloadExample } from './payload-examples.ts';
import { readPage } from './read-pages.ts';

const { codeBlocks } = readPage('docs/notifications.md');

const events = new Map(
  codeBlocks.flatMap(({ lineBefore, text }) => {
    const name = /^<!-- event: (\w+) -->$/.exec(lineBefore)?.[1];
    return name === undefined ? [] : [[name, text] as const];
  }),
);

const examples = codeBlocks.flatMap(({ lineBefore, text }) => {
  const named = /^<!-- push: event=(\w+) device=(\w+) kind=([a-z-]+)(?: late=(\d+))? -->$/.exec(lineBefore);
  if (named === null) return [];
  const [, event = '', deviceId = '', kind = '', late = '0'] = named;
  return [{ event, deviceId, kind, lateSeconds: Number(late), text }];
});

describe('the payloads in docs/notifications.md', () => {
  it('are all marked with their event, device and kind', () => {
    expect(events.size).toBe(6);
    expect(examples.length).toBe(16);
    expect(codeBlocks.filter(({ language }) => language === 'json')).toHaveLength(22);
  });

  it.each(examples)(
    'equal what the relay sends: $kind of $event on $deviceId, $lateSeconds s late',
    async ({ event, text, ...example }) => {
      const built = await buildPayloadExample(events.get(event) ?? '', example);
      expect(JSON.parse(text)).toEqual(built);
    },
  );
});
