const { app } = require('@azure/functions');

globalThis.relayHostSeen ??= [];
const seen = globalThis.relayHostSeen;

app.timer('everyFiveMinutes', {
  schedule: '%TIMER_SCHEDULE%',
  handler: (timer) => {
    seen.push({ timer });
  },
});

app.http('hooked', {
  methods: ['GET'],
  handler: () => {
    seen.push('handler');
    return { body: 'from the handler' };
  },
});

app.hook.appStart((context) => {
  context.hookData.started = true;
  seen.push('appStart');
});
app.hook.appTerminate((context) => {
  seen.push(`appTerminate ${context.hookData.started}`);
});
app.hook.preInvocation((context) => {
  if (context.invocationContext.functionName === 'hooked') {
    context.hookData.before = 'kept';
    seen.push('preInvocation');
  }
});
app.hook.postInvocation((context) => {
  if (context.invocationContext.functionName === 'hooked') {
    seen.push(`postInvocation ${context.hookData.before}`);
    context.result = { body: 'from the hook' };
  }
});
