// Keeps the editors in step with the system. GraphiQL reads the system's theme when it starts;
// when the system changes later, its frame follows by itself but its editors do not.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';

/** SystemTheme shows nothing. A theme picked in GraphiQL's settings stays as it is. */
export function SystemTheme() {
  const picked = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(picked);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [picked, setTheme]);
  return null;
}
