import * as azureFunctions from '@azure/functions';
import { AzureFunctionsInstrumentationESM } from '@azure/functions-opentelemetry-instrumentation';
import { startOpenTelemetry } from '../src/telemetry/open-telemetry/start-open-telemetry.ts';

const running = startOpenTelemetry(process.env);
if (running !== undefined) {
  azureFunctions.app.hook.appTerminate(running.stop);
  // By hand, since in a bundle there is no module load that could be hooked.
  new AzureFunctionsInstrumentationESM({ enabled: false }).registerAzFunc(azureFunctions);
  // It tells the host to drop the lines of the app. That is right only while they are exported from here.
  azureFunctions.app.setup({ capabilities: { WorkerOpenTelemetryEnabled: running.exportsLogs } });
}
