// The order matters: the providers must be registered before the Functions look for them.
import './open-telemetry.ts';
import './main.ts';
