import { app } from '@azure/functions';
import { authLevels } from '../src/relay/auth-levels.ts';
import { handleDevices } from '../src/relay/handle-devices.ts';

app.http('devices', {
  route: 'users/{userId}/devices/{deviceId?}',
  methods: ['GET', 'PUT', 'DELETE'],
  authLevel: authLevels(process.env).deviceApi,
  handler: handleDevices,
});
