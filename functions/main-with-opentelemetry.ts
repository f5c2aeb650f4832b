// The order matters: what the Functions use must find the providers.
import './open-telemetry.ts';
import './main.ts';
