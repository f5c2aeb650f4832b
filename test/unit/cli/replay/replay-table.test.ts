import { describe, expect, it } from 'vitest';
import { replayTable } from '../../../../src/cli/replay/report.ts';

describe('replayTable', () => {
  it('has one line per event, with the pushes by device and hub', () => {
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

  it('lets no event type break the line or reach the terminal', () => {
    const table = replayTable([
      { name: 'a', events: [{ type: `x\n\u001b[2J${'y'.repeat(300)}`, end: 'ignored', pushes: [] }] },
    ]);
    expect(table.split('\n')).toHaveLength(3);
    expect(table.split('\n')[1]).toBe(`a          x??[2J${'y'.repeat(53)}~  -     ignored  -       -`);
  });
});
