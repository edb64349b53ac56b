// A link can carry a query: /playground?query=...&variables=... Headers are never read from a
// link: a stranger's link must not decide as whom a visitor writes.

/** readPrefill returns the tab a link asks for, or undefined. */
export function readPrefill(search) {
  const link = new URLSearchParams(search);
  const query = link.get('query');
  return query ? { query, variables: link.get('variables') ?? '' } : undefined;
}
