const { app } = require('@azure/functions');

// What happened, for the test that shares this process.
globalThis.relayHostSeen ??= [];
const seen = globalThis.relayHostSeen;

// Fails for events of the type `Refused`, like a relay whose pushes stay open.
const take = (event) => {
  seen.push({ id: event.id, type: event.eventType ?? event.type });
  if (event.eventType === 'Refused') throw new Error('a push has no final outcome');
};
app.eventGrid('relayCalls', { handler: take });
app.eventGrid('relayChat', { handler: take });
app.http('events', { route: 'events', methods: ['POST'], handler: () => ({ status: 200 }) });
app.http('other', { route: 'other', methods: ['POST'], handler: () => ({ status: 200 }) });

const devices = new Map();
app.http('devices', {
  route: 'users/{userId}/devices/{deviceId?}',
  methods: ['GET', 'PUT', 'DELETE'],
  handler: async (request) => {
    const { deviceId } = request.params;
    if (request.method === 'GET') return { jsonBody: { devices: [...devices.values()] } };
    if (request.method === 'DELETE') return { status: devices.delete(deviceId) ? 204 : 404 };
    const { handle, voipHandle, ...rest } = await request.json();
    if (rest.locale === 'Swedish!') return { status: 400, jsonBody: { message: 'locale is no BCP 47 tag' } };
    const mask = (text) =>
      text === undefined ? undefined : `${text.slice(0, 4)}… (${text.length} characters)`;
    devices.set(deviceId, { deviceId, ...rest, handle: mask(handle), voipHandle: mask(voipHandle) });
    return { status: 201 };
  },
});
