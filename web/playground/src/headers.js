// Headers are not kept when the page is closed, so that no token lies in the browser. What comes
// back is only the placeholder of the example that needs one.
import { placeholder, signIn } from './examples.js';

const stored = 'graphiql:tabState';

/**
 * restorePlaceholder puts the placeholder back into those stored tabs of page, a window, that
 * speak of it. Call it before GraphiQL reads them.
 */
export function restorePlaceholder(page) {
  try {
    const storage = page.localStorage; // Throws where storage is blocked.
    const state = JSON.parse(storage.getItem(stored));
    for (const tab of state?.tabs ?? []) {
      if (!tab.headers && tab.query?.includes(placeholder)) tab.headers = signIn;
    }
    if (state) storage.setItem(stored, JSON.stringify(state));
  } catch {
    // What is stored is damaged: GraphiQL starts afresh.
  }
}
