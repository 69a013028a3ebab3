import { createHash } from "node:crypto";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

/** The Sealift that `npm run dev` talks to. */
const endpoint = process.env.SEALIFT_ENDPOINT ?? "http://127.0.0.1:4566";

const base = "/console/";

export default defineConfig({
  base,
  plugins: [react(), fontFiles(), preloads()],
  // Next to the console, so that a page's calls go to its own origin, as when Sealift serves it. The host stays as it was signed.
  server: { proxy: { "^/(?!console/)": { target: endpoint, changeOrigin: false } } },
  build: {
    sourcemap: false,
    chunkSizeWarningLimit: 1_200,
    // One sheet: a page whose own did not arrive could not be loaded again.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Each with all that it needs: many small files take longer than a few.
          groups: [
            // What signs in, while the rest is loaded.
            { name: "start", test: /\/src\/main\.ts$/, priority: 3 },
            { name: "console", test: /\/src\/(app|pages\/home\/home-page)\.tsx$/, priority: 2 },
            { name: "table", test: /\/src\/parts\/resource-table\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});

/** Cloudscape's fonts are written into its style sheet: as files, a browser loads those that it needs, and the policy allows them. */
function fontFiles(): Plugin {
  return {
    name: "font-files",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        file.source = String(file.source).replace(
          /url\(data:font\/woff2;base64,([^)]+)\)/g,
          (_match, base64: string) => {
            const source = Buffer.from(base64, "base64");
            const name = `font-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.woff2`;
            this.emitFile({ type: "asset", fileName: `assets/${name}`, source });
            return `url(./${name})`;
          },
        );
      }
    },
  };
}

/** The page names what its first script is going to load: the console itself, so that a browser asks for all of it at once. */
function preloads(): Plugin {
  return {
    name: "preloads",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle = {} }) {
        const named = new Set<string>();
        function name(fileName: string): void {
          const file = bundle[fileName];
          if (file?.type !== "chunk" || file.isEntry || named.has(fileName)) return;
          named.add(fileName);
          file.imports.forEach(name);
        }
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk" && file.facadeModuleId?.endsWith("/src/app.tsx")) name(file.fileName);
        }
        return Array.from(named, (fileName): HtmlTagDescriptor => {
          const attrs = { rel: "modulepreload", crossorigin: true, href: base + fileName };
          return { tag: "link", attrs, injectTo: "head" };
        });
      },
    },
  };
}
