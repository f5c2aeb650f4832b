const { app } = require('@azure/functions');

app.eventGrid('twin', { handler: () => undefined });
app.eventGrid('twin', { handler: () => undefined });
