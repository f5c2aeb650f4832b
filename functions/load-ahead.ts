import { app } from '@azure/functions';
import { loadAhead } from '../src/app/load-ahead.ts';

app.hook.appStart(loadAhead);
