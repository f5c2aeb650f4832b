/** Asks the server to do something. Gives the sentence that says why it did not; undefined when it did. */
export async function sendAction(name: string, body: object): Promise<string | undefined> {
  try {
    const response = await fetch(`/inspector/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return undefined;
    const text = await response.text();
    return text === '' ? `The server answered ${response.status}.` : text;
  } catch {
    return 'The local stack cannot be reached. Does npm start still run?';
  }
}
