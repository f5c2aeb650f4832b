import './relay-calls.ts';
import './relay-chat.ts';
import './sweep.ts';
