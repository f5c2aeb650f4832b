import { app } from '@azure/functions';
import { loadAhead } from '../src/relay/load-ahead.ts';

app.hook.appStart(loadAhead);
