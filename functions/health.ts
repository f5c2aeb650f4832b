import { app } from '@azure/functions';
import { handleHealth } from '../src/relay/handle-health.ts';

app.http('health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: handleHealth });
