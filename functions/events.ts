import { app } from '@azure/functions';
import { authLevels } from '../src/relay/auth-levels.ts';
import { handleEvents } from '../src/relay/handle-events.ts';

app.http('events', {
  route: 'events',
  methods: ['POST', 'OPTIONS'],
  authLevel: authLevels(process.env).events,
  handler: handleEvents,
});
