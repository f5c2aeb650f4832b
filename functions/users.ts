import { app } from '@azure/functions';
import { authLevels, handleUsers } from '../src/app/handle-http.ts';

app.http('users', {
  route: 'users/{userId}',
  methods: ['DELETE'],
  authLevel: authLevels(process.env).deviceApi,
  handler: handleUsers,
});
