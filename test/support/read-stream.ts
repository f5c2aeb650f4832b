import { onTestFinished } from 'vitest';

/** One server-sent event. */
export interface StreamEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
}

/** Reads a stream of server-sent events, one at a time. */
export interface StreamReader {
  readonly contentType: string;
  /** The next event that is of this type; those before it are dropped. */
  readonly next: (event: string) => Promise<StreamEvent>;
}

/** Opens a stream of server-sent events. It is closed when the test ends. */
export async function readStream(url: string, lastEventId?: string): Promise<StreamReader> {
  const closing = new AbortController();
  onTestFinished(() => closing.abort());
  const response = await fetch(url, {
    signal: closing.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const block = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { value, done = true } = (await reader?.read()) ?? {};
      if (done) throw new Error('The stream has ended.');
      text += value;
    }
  };
  return {
    contentType: response.headers.get('content-type') ?? '',
    next: async (event) => {
      for (;;) {
        const fields = new Map((await block()).split('\n').map((line) => cut(line)));
        if (fields.get('event') !== event) continue;
        const id = fields.get('id');
        const data: unknown = JSON.parse(fields.get('data') ?? '');
        return { event, data, ...(id === undefined ? {} : { id }) };
      }
    },
  };
}

function cut(line: string): readonly [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}
