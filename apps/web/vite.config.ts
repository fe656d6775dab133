import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';
import {catalogues} from './catalogues.ts';
import {precompress} from './precompress.ts';

const server = process.env.PLENARY_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [catalogues(), react(), precompress()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    // A data: URL would need `font-src data:` and the like in the content policy.
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    target: 'es2022',
    reportCompressedSize: false,
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
