import * as azureFunctions from '@azure/functions';
import { AzureFunctionsInstrumentationESM } from '@azure/functions-opentelemetry-instrumentation';
import { startOpenTelemetry } from '../src/telemetry/open-telemetry/start-open-telemetry.ts';

const running = startOpenTelemetry(process.env);
if (running !== undefined) {
  azureFunctions.app.hook.appTerminate(running.stop);
  // Registered explicitly: a bundle has no module load that could be hooked.
  new AzureFunctionsInstrumentationESM({ enabled: false }).registerAzFunc(azureFunctions);
  // This makes the host drop the app's log lines, which is right only while the app exports them itself.
  azureFunctions.app.setup({ capabilities: { WorkerOpenTelemetryEnabled: running.exportsLogs } });
}
