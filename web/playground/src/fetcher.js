// Sends what is in the editor to the API: queries and mutations by POST, subscriptions over
// graphql-transport-ws with the Headers pane as connection parameters.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';

import { placeholder } from './examples.js';

const unsigned = {
  errors: [
    {
      message:
        `Not sent: the Headers pane still says ${placeholder}. Put your own token in its place, ` +
        'or empty the pane to read what is public.',
    },
  ],
};

/**
 * createFetcher returns GraphiQL's way to the API at endpoint {http, socket}. An operation with
 * the placeholder of the examples in its headers is answered here and not sent; the schema is
 * then fetched without headers, so that completion works before anyone signs in.
 */
export function createFetcher(endpoint) {
  const send = createGraphiQLFetcher({ url: endpoint.http, enableIncrementalDelivery: false });
  return (asked, options) => {
    const headers = options?.headers ?? {};
    if (Object.values(headers).some((value) => String(value).includes(placeholder))) {
      return asked.operationName === 'IntrospectionQuery' ? send(asked, {}) : unsigned;
    }
    const operation = choose(asked);
    const params = { ...asked, operationName: operation?.name?.value };
    if (operation?.operation === 'subscription') {
      return subscribe(endpoint.socket, params, headers);
    }
    return send(params, { headers });
  };
}

// choose finds the operation that is meant. GraphiQL's own knowledge of it is a moment behind
// the text: after a quick change of tab it still names the operation of the tab before. A text
// that does not parse has none; the server says what is wrong with it.
function choose({ query, operationName }) {
  try {
    const operations = parse(query).definitions.filter((d) => d.kind === 'OperationDefinition');
    return operations.find((d) => d.name?.value === operationName) ?? operations[0];
  } catch {
    return undefined;
  }
}

// subscribe opens a socket for one subscription and closes it when GraphiQL stops reading.
async function* subscribe(url, params, headers) {
  const client = createClient({ url, connectionParams: headers, retryAttempts: 3 });
  try {
    yield* client.iterate(params);
  } catch (reason) {
    throw reason instanceof CloseEvent ? new Error(closeText(reason)) : reason;
  } finally {
    await client.dispose();
  }
}

function closeText({ code, reason }) {
  return `The subscription ended: ${reason || 'the connection was lost'} (code ${code}).`;
}
