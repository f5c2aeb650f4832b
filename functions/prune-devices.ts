import { app } from '@azure/functions';
import { handlePruneDevices } from '../src/app/prune-devices.ts';

// Twice an hour, and not on the hour, when most timers run.
app.timer('pruneDevices', { schedule: '0 11,41 * * * *', handler: handlePruneDevices });
