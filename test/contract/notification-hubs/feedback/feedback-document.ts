/** A document as the hub writes it, with its own declaration. */
export function feedbackDocument({
  time = '2026-11-22T08:30:00.1234567Z',
  error = 'ExpiredChannel',
  platform = 'apple',
  handle,
}: {
  readonly time?: string;
  readonly error?: string;
  readonly platform?: string;
  readonly handle: string;
}): string {
  return `<?xml version="1.0" encoding="utf-16"?>
<PnsFeedback xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect">
  <FeedbackTime>${time}</FeedbackTime>
  <NotificationSystemError>${error}</NotificationSystemError>
  <Platform>${platform}</Platform>
  <PnsHandle>${handle}</PnsHandle>
  <NotificationId>0f3a5c7e-20261122083000-1-1</NotificationId>
</PnsFeedback>
`;
}
