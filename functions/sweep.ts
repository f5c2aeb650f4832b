import { app } from '@azure/functions';
import { handleSweep } from '../src/app/sweep.ts';

// Every night at 03:17 UTC.
app.timer('sweep', { schedule: '0 17 3 * * *', handler: handleSweep });
