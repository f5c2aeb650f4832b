import { app } from '@azure/functions';
import { handleTriggerEvent } from '../src/relay/handle-trigger-event.ts';

app.eventGrid('relayCalls', { handler: handleTriggerEvent });
