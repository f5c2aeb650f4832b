import { createHmac } from 'node:crypto';

/**
 * Signs the text of a SAS token: base64 of HMAC-SHA256. The key is taken as UTF-8 bytes although it looks like
 * base64 ("Generate a SAS token", Notification Hubs and Service Bus documentation).
 */
export const signSas = (stringToSign: string, key: string): string =>
  createHmac('sha256', key).update(stringToSign).digest('base64');
