import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';
import {catalogues} from './catalogues.ts';
import {precompress} from './precompress.ts';
import {worker} from './worker.ts';

const server = process.env.PLENARY_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [catalogues(), react(), worker(), precompress()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    // A data: URL would need `font-src data:` and the like in the content policy.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      input: {index: 'index.html', 'service-worker': 'src/service-worker.ts'},
      output: {
        // The browser looks for it under one name, and asks it for its build.
        entryFileNames: ({name}) => (name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': server,
      '/read': server,
      '/rt': {target: server, ws: true},
      '/rooms': {target: server, ws: true},
    },
  },
});
