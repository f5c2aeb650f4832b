import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../../../src/local/inspector/server/journal.ts';

const arrival = (pushId: string) => ({ kind: 'arrival', pushId, handle: 'h' }) as const;

describe('createJournal', () => {
  it('numbers and timestamps records, keeps the newest, and returns those after a number', () => {
    const journal = createJournal(2, () => 7);
    for (const pushId of ['a', 'b', 'c']) journal.add(arrival(pushId));
    expect(journal.after(0)).toEqual([
      { ...arrival('b'), seq: 2, atMs: 7 },
      { ...arrival('c'), seq: 3, atMs: 7 },
    ]);
    expect(journal.after(2).map(({ seq }) => seq)).toEqual([3]);
    expect(journal.after(3)).toEqual([]);
  });

  it('removes all entries when cleared, notifies listeners, and continues numbering', () => {
    const journal = createJournal(5, () => 7);
    const heard: string[] = [];
    const ends = [
      journal.subscribe(({ seq }) => heard.push(`entry ${seq}`)),
      journal.onClear(() => heard.push('cleared')),
    ];
    journal.add(arrival('a'));
    journal.clear();
    journal.add(arrival('b'));
    for (const end of ends) end();
    journal.add(arrival('c'));
    journal.clear();
    expect(heard).toEqual(['entry 1', 'cleared', 'entry 2']);
    expect(journal.after(0)).toEqual([]);
  });
});
