import { app } from '@azure/functions';
import { authLevels, handleEvents } from '../src/app/handle-http.ts';

app.http('events', {
  route: 'events',
  methods: ['POST', 'OPTIONS'],
  authLevel: authLevels(process.env).events,
  handler: handleEvents,
});
