import './devices.ts';
import './events.ts';
import './health.ts';
import './prune-devices.ts';
import './relay-calls.ts';
import './relay-chat.ts';
import './sweep.ts';
import './users.ts';
