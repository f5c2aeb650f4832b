import { app } from '@azure/functions';
import { handlePruneDevices } from '../src/app/prune-devices.ts';

// Twice an hour, away from the full hour when everybody's timers run.
app.timer('pruneDevices', { schedule: '0 11,41 * * * *', handler: handlePruneDevices });
