import { describe, expect, it } from 'vitest';
import { nativeHubs } from '../../../../src/cli/doctor/scope.ts';

const base =
  'Endpoint=sb://clinic-push.servicebus.windows.net/;SharedAccessKeyName=relay;SharedAccessKey=key';
const nameOf = (connection: string, name?: string) =>
  nativeHubs({
    NOTIFICATION_HUB_CONNECTION_STRING: connection,
    ...(name === undefined ? {} : { NOTIFICATION_HUB_NAME: name }),
  }).hubs.map(({ hub }) => hub.hubName);

describe('nativeHubs', () => {
  it('takes the hub name from the settings, or else from the connection string', () => {
    expect(nameOf(base, 'alert')).toEqual(['alert']);
    expect(nameOf(`${base};EntityPath=voip`, 'alert')).toEqual(['alert']);
    expect(nameOf(`${base};EntityPath=voip`)).toEqual(['voip']);
    expect(nameOf(`${base};EntityPath=voip`, ' ')).toEqual(['voip']);
    expect(nameOf(base)).toEqual([]);
  });
});
