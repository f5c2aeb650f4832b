import { app } from '@azure/functions';
import { authLevels } from '../src/relay/auth-levels.ts';
import { handleUsers } from '../src/relay/handle-users.ts';

app.http('users', {
  route: 'users/{userId}',
  methods: ['DELETE'],
  authLevel: authLevels(process.env).deviceApi,
  handler: handleUsers,
});
