// The tabs a first-time visitor finds. The texts are in docs/examples, where the server's tests
// run the same files, so an example that no longer works cannot ship.
import housing from '../../../docs/examples/1-housing.graphql?raw';
import facets from '../../../docs/examples/2-facets.graphql?raw';
import city from '../../../docs/examples/3-city.graphql?raw';
import post from '../../../docs/examples/4-post.graphql?raw';
import postVariables from '../../../docs/examples/4-post.variables.json?raw';
import subscribe from '../../../docs/examples/5-subscribe.graphql?raw';
import languages from '../../../docs/examples/6-languages.graphql?raw';

/** placeholder stands where a visitor puts a token of their own; it is never sent. */
export const placeholder = 'PASTE-YOUR-TOKEN';

/** signIn is what the Headers pane of such an example says. */
export const signIn = JSON.stringify({ Authorization: `Bearer ${placeholder}` }, null, 2);

/** examples are the tabs in order; the first is the one shown on opening. */
export const examples = [
  { query: housing },
  { query: languages },
  { query: facets },
  { query: city },
  { query: post, variables: postVariables, headers: signIn },
  { query: subscribe },
];
