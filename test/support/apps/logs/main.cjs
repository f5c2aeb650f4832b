const { app } = require('@azure/functions');

const heard = [];
app.hook.log((context) => {
  const { level, message, category, invocationContext } = context;
  heard.push({ level, message, category, function: invocationContext?.functionName });
  context.level = 'warning';
  context.message = message.toUpperCase();
});

app.http('speak', {
  handler: async (_request, context) => {
    context.log('hello');
    return { jsonBody: heard };
  },
});
