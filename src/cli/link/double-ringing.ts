/** What everybody who links a hub beside this relay must know. */
export const doubleRinging =
  'If this relay runs too, apps that register for native push get every call and message twice. Use one of the two.\n';
