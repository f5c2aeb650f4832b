/** A platform that apps run on, as the device API names it. */
export type Platform = 'apns' | 'fcmv1';
