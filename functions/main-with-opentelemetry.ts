// The order matters: at a planned end the hooks run in the order of their registration, and what is in flight must end before
// its telemetry is flushed; and the providers must be registered before the Functions look for them.
import './planned-end.ts';
import './open-telemetry.ts';
import './main.ts';
