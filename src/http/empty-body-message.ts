/**
 * What a caller is told whose request came without a body. Most often it had one: the Functions host drops bodies that
 * are sent in chunks, without a Content-Length ("Chunked requests are not supported", azure-functions-host issue 7930).
 */
export const emptyBodyMessage =
  'The body is empty. Send it with a Content-Length header: Azure Functions drops bodies that are sent in chunks.';
