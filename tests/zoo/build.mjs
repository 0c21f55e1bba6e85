// Bundles the apps of the zoo that cannot be served as they are written: Svelte is compiled, lit's parts are put together.
// scripts/install runs it; what it writes to built/ is not kept in the repository.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

const svelte = {
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, 'utf8'), { filename: path, css: 'injected', generate: 'client' });
      return { contents: js.code, loader: 'js' };
    });
  },
};
await build({
  entryPoints: { bus: 'apps/bus/main.js', lit: 'apps/plants/lit.js' },
  bundle: true, format: 'esm', outdir: 'built', logLevel: 'warning',
  conditions: ['svelte', 'browser', 'production'], mainFields: ['svelte', 'module', 'main'],
  plugins: [svelte],
});
