// Builds the playground into dist/: index.html and, below dist/playground/, every other file
// under a name that carries a hash of its content. All references are relative, so that the
// page works under any prefix as long as it is served at .../playground.
import { defineConfig } from 'vite';

// The server behind `npm run dev`; the built page talks to the server it came from.
const backend = process.env.GOODPRACTICE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic' } },
  worker: { format: 'es' },
  build: {
    assetsDir: 'playground',
    assetsInlineLimit: 0, // The Content-Security-Policy allows no script or worker from data: URLs.
    chunkSizeWarningLimit: 3000, // Monaco, in kB.
    modulePreload: { polyfill: false },
    reportCompressedSize: false, // pack.js tells.
    rolldownOptions: {
      onLog(level, log, report) {
        // "use client" is for frameworks that render on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
    target: 'es2022',
  },
  server: {
    fs: { allow: ['../..'] }, // The examples are in docs/examples.
    proxy: { '/graphql': { target: backend, ws: true } },
  },
});
