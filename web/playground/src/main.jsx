// Starts GraphiQL on the page. The workers come first: Monaco asks for them while it loads.
import 'graphiql/setup-workers/vite';
import './graphiql.css';

import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { readEndpoint } from './endpoint.js';
import { examples } from './examples.js';
import { createFetcher } from './fetcher.js';
import { restorePlaceholder } from './headers.js';
import { readPrefill } from './prefill.js';
import { SystemTheme } from './theme.jsx';

const prefill = readPrefill(window.location.search);
const tabs = prefill ? [prefill, ...examples] : examples;

function start() {
  restorePlaceholder(window);
  createRoot(document.getElementById('playground')).render(
    <GraphiQL
      fetcher={createFetcher(readEndpoint(document))}
      defaultTabs={tabs}
      initialQuery={prefill?.query}
      initialVariables={prefill?.variables}
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>
        <span />
      </GraphiQL.Logo>
      <SystemTheme />
    </GraphiQL>,
  );
}

// Monaco measures its letters once, so their font has to be there before it starts.
document.fonts.load('13px "Fira Code"').then(start, start);
