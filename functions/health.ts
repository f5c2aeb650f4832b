import { app } from '@azure/functions';
import { handleHealth } from '../src/app/handle-http.ts';

app.http('health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: handleHealth });
