/**
 * Most bytes a payload may have: APNs and FCM both take 4,096, and Notification Hubs holds VoIP pushes to the same
 * (Microsoft, "Use Azure Notification Hubs to send VoIP notifications").
 */
export const maxBodyBytes = 4096;
