const { app } = require('@azure/functions');

// What happened, for the test that shares this process.
globalThis.relayHostSeen ??= [];
const seen = globalThis.relayHostSeen;

const waiting = [];
app.eventGrid('collect', {
  handler: (event, context) => {
    seen.push({ event, metadata: context.triggerMetadata, traceParent: context.traceContext?.traceParent });
  },
});

// Ends only when two events are inside at the same time.
app.eventGrid('meet', {
  handler: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 2) for (const done of waiting.splice(0)) done();
    }),
});

app.eventGrid('failOnBad', {
  handler: (event) => {
    seen.push({ id: event.id });
    if (event.id === 'bad') throw new Error('this event cannot be delivered');
  },
});

// Ends only when the test calls the function that it finds in the list.
app.eventGrid('held', {
  handler: () => new Promise((release) => seen.push(release)),
});
