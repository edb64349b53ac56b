// Finds out where the API is. The server writes its path into <meta name="graphql-endpoint">,
// so the build does not have to know it.

/**
 * readEndpoint returns the absolute addresses of the API for queries (http or https) and for
 * subscriptions (ws or wss, the same path).
 */
export function readEndpoint(page) {
  const path = page.querySelector('meta[name="graphql-endpoint"]').content;
  const http = new URL(path, page.baseURI);
  const socket = new URL(http);
  socket.protocol = http.protocol === 'https:' ? 'wss:' : 'ws:';
  return { http: http.href, socket: socket.href };
}
