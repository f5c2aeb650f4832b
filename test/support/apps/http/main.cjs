const { app } = require('@azure/functions');

app.http('echo', {
  methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
  authLevel: 'function',
  route: 'echo/{userId}/{deviceId?}',
  handler: async (request, context) => {
    context.log('echo was called');
    return {
      status: 207,
      headers: { 'x-own': 'yes' },
      cookies: [
        { name: 'a', value: 'x y', maxAge: 60, httpOnly: true, secure: true, sameSite: 'Lax' },
        {
          name: 'b',
          value: '2',
          domain: 'example.org',
          path: '/api',
          expires: new Date('2026-11-22T09:00:00Z'),
        },
      ],
      jsonBody: {
        method: request.method,
        url: request.url,
        params: request.params,
        query: Object.fromEntries(request.query),
        header: request.headers.get('x-test'),
        cookie: request.headers.get('cookie'),
        body: await request.text(),
        functionName: context.functionName,
        traceParent: context.traceContext?.traceParent ?? null,
      },
    };
  },
});

app.http('bytes', {
  methods: ['POST'],
  handler: async (request) => {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return { body: bytes.reverse(), headers: { 'content-type': 'application/octet-stream' } };
  },
});

app.http('number', { methods: ['GET'], route: 'numbers/{id:int}', handler: () => ({ body: 'a number' }) });
app.http('word', { methods: ['GET'], route: 'numbers/{id}', handler: () => ({ body: 'a word' }) });
app.http('special', { methods: ['GET'], route: 'numbers/special', handler: () => ({ body: 'special' }) });
app.http('rest', {
  methods: ['GET'],
  route: 'rest/{*path}',
  handler: (request) => ({ body: request.params.path ?? 'none' }),
});
app.http('nothing', { methods: ['GET'], handler: () => undefined });
app.http('throws', {
  methods: ['GET'],
  handler: () => {
    throw new Error('secret detail');
  },
});
app.http('late', {
  methods: ['GET'],
  handler: () => {
    app.http('too-late', { handler: () => ({}) });
    return {};
  },
});
app.http('setting', {
  methods: ['GET'],
  handler: () => ({ body: process.env.HOST_TEST_SETTING ?? 'unset' }),
});
