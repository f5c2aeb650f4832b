import { app } from '@azure/functions';
import { handleTriggerEvent } from '../src/app/handle-events.ts';

app.eventGrid('relayChat', { handler: handleTriggerEvent });
