import { app } from '@azure/functions';
import { endApp } from '../src/app/compose-app.ts';

app.hook.appTerminate(endApp);
