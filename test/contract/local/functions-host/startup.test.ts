import { describe, expect, it } from 'vitest';
import { startTestHost } from '../../../support/start-test-host.ts';

describe('starting the local host', () => {
  it('rejects two functions with the same name', async () => {
    await expect(startTestHost('broken')).rejects.toThrow(
      'A function with the name "twin" has already been registered. Give each function its own name.',
    );
  });

  it('rejects a registration after startup', async () => {
    const lines: string[] = [];
    const host = await startTestHost('http', { print: (line) => lines.push(line) });
    expect((await fetch(`${host.url}/api/late`)).status).toBe(500);
    expect(lines).toEqual([
      '09:00:00.000 error late  failed: A function can only be registered during app startup, but "too-late" was registered later.',
    ]);
  });

  it('names the command to run when the app was not built', async () => {
    await expect(startTestHost('unbuilt')).rejects.toMatchObject({
      code: 'BUILD_MISSING',
      message:
        'The Function App has no file dist/main.cjs ("main" in package.json). Run "npm run build" first.',
    });
  });

  it('reports an app that registers no functions', async () => {
    await expect(startTestHost('empty')).rejects.toThrow(
      'The app registered no functions. Its entry point must call app.http, app.eventGrid or app.timer of @azure/functions.',
    );
  });

  it('names the port and the setting to change when the port is in use', async () => {
    const first = await startTestHost('http');
    await expect(startTestHost('http', { port: first.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${first.port} is in use, so the Functions host cannot start. Stop the program that uses it, or set PORT to another port.`,
    });
  });

  it('lists the functions in registration order', async () => {
    const host = await startTestHost('events');
    expect(host.functionNames).toEqual([
      'collect',
      'meet',
      'failOnBad',
      'held',
      'everyFiveMinutes',
      'hooked',
    ]);
  });
});
