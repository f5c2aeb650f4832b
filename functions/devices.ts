import { app } from '@azure/functions';
import { authLevels, handleDevices } from '../src/app/handle-http.ts';

app.http('devices', {
  route: 'users/{userId}/devices/{deviceId?}',
  methods: ['GET', 'PUT', 'DELETE'],
  authLevel: authLevels(process.env).deviceApi,
  handler: handleDevices,
});
