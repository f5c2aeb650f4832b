import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { ReplayedPush } from '../../../../src/cli/replay/replayed.ts';
import { junitReport, replaySummary, replayTable } from '../../../../src/cli/replay/report.ts';

describe('junitReport', () => {
  it('returns one test case per recording, and counts the failures', () => {
    expect(junitReport([{ name: 'a.json' }, { name: 'odd/b.json', failure: 'first line\nsecond' }])).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="acs-relay" tests="2" failures="1" errors="0">
  <testsuite name="replay" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="replay" name="a.json"/>
    <testcase classname="replay" name="odd/b.json">
      <failure message="first line">first line
second</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
  });

  it('stays well-formed with any characters in names and diffs', () => {
    const nasty = `<&>"' ]]> \u0000\u001b\uFFFF \ud83d end 😀`;
    const xml = junitReport([{ name: nasty, failure: nasty }]);
    expect(XMLValidator.validate(xml)).toBe(true);
    for (const character of ['\u0000', '\u001b', '\uFFFF']) expect(xml).not.toContain(character);
    const parsed = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(xml);
    const testCase = parsed.testsuites.testsuite.testcase;
    expect(testCase['@_name']).toBe(`<&>"' ]]> \uFFFD\uFFFD\uFFFD \uFFFD end 😀`);
    expect(testCase.failure['#text']).toBe(`<&>"' ]]> \uFFFD\uFFFD\uFFFD \uFFFD end 😀`);
  });

  it('returns an empty report without recordings', () => {
    expect(XMLValidator.validate(junitReport([]))).toBe(true);
  });
});

const push: ReplayedPush = {
  deviceId: 'd',
  kind: 'chat-added',
  hub: 'alert',
  outcome: 'accepted',
};

describe('replaySummary', () => {
  it('counts recordings, events, ends and pushes', () => {
    expect(
      replaySummary([
        { name: 'a', events: [{ end: 'pushed', pushes: [push, push] }] },
        {
          name: 'b',
          events: [
            { end: 'poison', pushes: [] },
            { end: 'ignored', pushes: [] },
            { end: 'poison', pushes: [] },
          ],
        },
      ]),
    ).toBe('2 recordings, 4 events: pushed 1 (2 pushes), ignored 1, poison 2.\n');
  });

  it('uses the singular for one', () => {
    expect(replaySummary([{ name: 'a', events: [{ end: 'pushed', pushes: [push] }] }])).toBe(
      '1 recording, 1 event: pushed 1 (1 push).\n',
    );
  });

  it('counts a delivery without events', () => {
    expect(replaySummary([{ name: 'a', events: [] }])).toBe('1 recording, 0 events.\n');
  });
});

describe('replayTable', () => {
  it('returns one line per event, with the pushes by device and hub', () => {
    const push = { kind: 'incoming-call', outcome: 'accepted' } as const;
    expect(
      replayTable([
        {
          name: 'a.json',
          events: [
            {
              type: 'Microsoft.Communication.IncomingCall',
              id: '1',
              end: 'pushed',
              pushes: [
                { ...push, deviceId: 'phone', hub: 'voip' },
                { ...push, deviceId: 'tablet', hub: 'alert', outcome: 'rejected' },
              ],
            },
            {
              type: 'Microsoft.Communication.CallEnded',
              id: '2',
              end: 'pushed',
              pushes: [
                { ...push, deviceId: 'phone', hub: 'alert', kind: 'call-ended' },
                { ...push, deviceId: 'phone', hub: 'alert', kind: 'missed-call' },
              ],
            },
            { end: 'poison', reason: 'EVENT_NOT_AN_EVENT', pushes: [] },
          ],
        },
        { name: 'b.json', events: [] },
      ]),
    ).toBe(
      [
        'recording  event         kind                    end     reason              pushes',
        'a.json     IncomingCall  incoming-call           pushed  -                   phone/voip:accepted tablet/alert:rejected',
        'a.json     CallEnded     call-ended+missed-call  pushed  -                   phone/alert:accepted phone/alert:accepted',
        'a.json     -             -                       poison  EVENT_NOT_AN_EVENT  -',
        'b.json     -             -                       empty   -                   -',
        '',
      ].join('\n'),
    );
  });

  it('keeps an event type from breaking the line or controlling the terminal', () => {
    const table = replayTable([
      { name: 'a', events: [{ type: `x\n\u001b[2J${'y'.repeat(300)}`, end: 'ignored', pushes: [] }] },
    ]);
    expect(table.split('\n')).toHaveLength(3);
    expect(table.split('\n')[1]).toBe(`a          x??[2J${'y'.repeat(53)}~  -     ignored  -       -`);
  });
});
