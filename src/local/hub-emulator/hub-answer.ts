/** A whole answer of the hub as plain data. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error in the form of Notification Hubs: `<Error><Code>…</Code><Detail>…</Detail></Error>`. */
export function hubError(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HubAnswer {
  const text = detail.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=utf-8', ...headers },
    body: `<Error><Code>${status}</Code><Detail>${text}</Detail></Error>`,
  };
}
