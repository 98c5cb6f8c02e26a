import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the server listens while the console is developed; `npm run dev` sets it. */
const server = process.env.WATCHFLOOR_API ?? 'http://127.0.0.1:3000';
/** The server compares the origin of state-changing calls with its own, so the proxy speaks as the server's own page. */
const asOwnPage = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    // A data: URI font or image would need an exception in the content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: {
      '/api': asOwnPage,
      '/health': asOwnPage,
      '/socket.io': { ...asOwnPage, ws: true },
    },
  },
});
