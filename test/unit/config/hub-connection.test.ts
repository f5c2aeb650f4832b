import { describe, expect, it } from 'vitest';
import { parseHubConnection } from '../../../src/config/hub-connection.ts';
import { RelayError } from '../../../src/errors/errors.ts';

const problemsOf = (text: string): readonly string[] => {
  try {
    parseHubConnection(text);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'HUB_CONNECTION_STRING_INVALID') return error.problems;
    throw error;
  }
  return [];
};

const withEndpoint = (endpoint: string): string =>
  `Endpoint=${endpoint};SharedAccessKeyName=Sender;SharedAccessKey=a2V5`;

describe('parseHubConnection', () => {
  it('reads a hub-level connection string and keeps the padding of the key', () => {
    expect(
      parseHubConnection(
        'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;' +
          'SharedAccessKey=c2VjcmV0LWtleQ==;EntityPath=calls',
      ),
    ).toEqual({
      endpoint: 'https://contoso.servicebus.windows.net',
      keyName: 'DefaultFullSharedAccessSignature',
      key: 'c2VjcmV0LWtleQ==',
      entityPath: 'calls',
    });
  });

  it('reads a namespace-level connection string without EntityPath', () => {
    expect(parseHubConnection(withEndpoint('sb://contoso.servicebus.windows.net'))).toEqual({
      endpoint: 'https://contoso.servicebus.windows.net',
      keyName: 'Sender',
      key: 'a2V5',
    });
  });

  it('accepts any order, any case of the names, blanks, empty parts and unknown parts', () => {
    expect(
      parseHubConnection(
        ' ;SHAREDACCESSKEY = a=b==c ; entitypath=Hub1;\n TransportType=Amqp; sharedAccessKeyNAME =\tSend only ' +
          '; endpoint = SB://Contoso.Servicebus.Windows.NET/ ;; ',
      ),
    ).toEqual({
      endpoint: 'https://contoso.servicebus.windows.net',
      keyName: 'Send only',
      key: 'a=b==c',
      entityPath: 'Hub1',
    });
  });

  it.each([
    ['sb://contoso.servicebus.windows.net:443/', 'https://contoso.servicebus.windows.net'],
    ['sb://contoso.servicebus.windows.net:8443/', 'https://contoso.servicebus.windows.net:8443'],
    ['https://contoso.servicebus.windows.net/', 'https://contoso.servicebus.windows.net'],
    ['http://127.0.0.1:7080', 'http://127.0.0.1:7080'],
    ['http://127.9.8.7/', 'http://127.9.8.7'],
    ['http://[::1]:7080/', 'http://[::1]:7080'],
    ['http://localhost:7080', 'http://localhost:7080'],
    ['HTTP://LOCALHOST', 'http://localhost'],
  ])('reads the endpoint %s', (endpoint, origin) => {
    expect(parseHubConnection(withEndpoint(endpoint)).endpoint).toBe(origin);
  });

  it.each([
    ['contoso.servicebus.windows.net', 'Endpoint has no scheme; it must begin with sb://'],
    ['amqps://contoso', 'Endpoint has the unknown scheme "amqps://"; it must begin with sb:// or https://'],
    ['sb://', 'Endpoint is not a valid address'],
    ['sb://con toso/', 'Endpoint is not a valid address'],
    ['sb://contoso:port/', 'Endpoint is not a valid address'],
    ['sb://contoso/hub', 'Endpoint must be only scheme and host, with an optional port'],
    ['sb://contoso/?a', 'Endpoint must be only scheme and host, with an optional port'],
    ['sb://contoso/#a', 'Endpoint must be only scheme and host, with an optional port'],
    ['sb://user@contoso/', 'Endpoint must be only scheme and host, with an optional port'],
    ['sb://:pw@contoso/', 'Endpoint must be only scheme and host, with an optional port'],
    [
      'http://contoso.servicebus.windows.net/',
      'Endpoint uses http:// with a host other than this machine; use sb://',
    ],
    ['http://127.0.0.1.evil.test/', 'Endpoint uses http:// with a host other than this machine; use sb://'],
    ['http://127.1111.0.0/', 'Endpoint is not a valid address'],
    ['http://evil-localhost/', 'Endpoint uses http:// with a host other than this machine; use sb://'],
    ['http://localhost.evil.test/', 'Endpoint uses http:// with a host other than this machine; use sb://'],
    ['http://128.0.0.1/', 'Endpoint uses http:// with a host other than this machine; use sb://'],
  ])('rejects the endpoint %s', (endpoint, problem) => {
    expect(problemsOf(withEndpoint(endpoint))).toEqual([problem]);
  });

  it.each([
    ['', ['Endpoint is missing', 'SharedAccessKeyName is missing', 'SharedAccessKey is missing']],
    ['Endpoint=sb://contoso', ['SharedAccessKeyName is missing', 'SharedAccessKey is missing']],
    ['Endpoint=sb://contoso;SharedAccessKeyName=n;SharedAccessKey=', ['SharedAccessKey is missing']],
    [
      `${withEndpoint('sb://contoso')};EntityPath=`,
      ['EntityPath is empty; set the hub name or remove the part'],
    ],
    [`${withEndpoint('sb://contoso')};SharedAccesskey=b`, ['SharedAccessKey is given more than once']],
    [`${withEndpoint('sb://contoso')};oops;again`, ['2 part(s) have no "=" between name and value']],
    [`${withEndpoint('sb://contoso')}\ud800`, ['The text is not valid Unicode']],
    [
      'Endpoint=ftp://contoso;endpoint=sb://b;SharedAccessKey=k',
      [
        'Endpoint is given more than once',
        'SharedAccessKeyName is missing',
        'Endpoint has the unknown scheme "ftp://"; it must begin with sb:// or https://',
      ],
    ],
  ])('reports every problem of %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('throws a message with every problem and the fix, and repeats no value', () => {
    const text =
      'Endpoint=sb://host-secret/path-secret;SharedAccessKeyName=name-secret;SharedAccessKey=key-secret;part-secret;' +
      'a2V5LXNlY3JldA==;EntityPath=hub-secret;EntityPath=hub-secret';
    try {
      parseHubConnection(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'HUB_CONNECTION_STRING_INVALID',
        class: 'config',
        message:
          'The notification hub connection string is invalid: EntityPath is given more than once; ' +
          '1 part(s) have no "=" between name and value; ' +
          'Endpoint must be only scheme and host, with an optional port. ' +
          'Copy the whole connection string from "Access Policies" of the hub in the Azure portal: ' +
          'Endpoint=sb://<namespace>.servicebus.windows.net/;SharedAccessKeyName=<name>;SharedAccessKey=<key>',
      });
      expect(JSON.stringify(error)).not.toContain('secret');
    }
  });
});
