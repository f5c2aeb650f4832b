/**
 * Takes the notification id out of the `Location` of an accepted send, `…/{hub}/messages/{id}?api-version=…`.
 * Only the Standard tier sends one.
 *
 * @returns undefined when there is no header or it does not look like that.
 */
export const readNotificationId = (location: string | undefined): string | undefined =>
  /\/messages\/([\w.-]{1,200})(?:[?#]|$)/i.exec(location ?? '')?.[1];
