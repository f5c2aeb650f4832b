import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterSource } from './dead-letter-source.ts';
import { scrubText } from './scrub-text.ts';
import { withoutSecrets } from './without-secrets.ts';

const MAX_MESSAGE = 2_000;
const MAX_TEXT = 8_192;
// Event Grid takes no event above 1 MB ("Azure Event Grid quotas and limits").
const MAX_JSON = 1_048_576;

/** A dead letter of bounded size and without secrets. */
export function makeDeadLetter(source: DeadLetterSource): DeadLetter {
  const { reason, code, message, functionName, attempt, atMs, identity } = source;
  const outcomes: DeadLetter['outcomes'] = {};
  for (const outcome of source.outcomes?.values() ?? []) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    v: 1,
    reason,
    ...(code === undefined ? {} : { code }),
    message: message.slice(0, MAX_MESSAGE),
    functionName,
    attempt,
    atMs,
    ...(identity === undefined ? {} : { identity: { ...identity } }),
    event: storedEvent(source.received),
    outcomes,
  };
}

function storedEvent(received: DeadLetterSource['received']): DeadLetter['event'] {
  if (received.kind === 'text') return textEvent(received.text);
  const value = withoutSecrets(received.value);
  const text = JSON.stringify(value) ?? '';
  return text.length > MAX_JSON || text === '' ? textEvent(text) : { kind: 'json', value };
}

function textEvent(text: string): DeadLetter['event'] {
  return { kind: 'text', text: scrubText(text).slice(0, MAX_TEXT), length: text.length };
}
