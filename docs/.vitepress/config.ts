import { fileURLToPath } from "node:url";
import { specSha256, specVersion } from "@qontext/sync-log-schema";
import { defineConfig, postcssIsolateStyles } from "vitepress";
import { headingId } from "../src/heading-id.ts";
import { sections } from "../src/navigation.ts";
import { writeMarkdownFiles } from "../src/markdown-files.ts";

const scalar = fileURLToPath(
  new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference")),
);

export default defineConfig({
  lang: "en",
  title: "Qontext sync logs",
  description: "Learn what became of a sync: a typed client, a watcher, a mock and a contract kit.",
  srcExclude: ["**/README.md", "artifacts/**"],
  outDir: "./dist/site",
  cacheDir: "./dist/.cache",
  head: [
    ["link", { rel: "icon", type: "image/svg+xml", href: "/logo.svg" }],
    ["meta", { name: "theme-color", content: "#0f766e" }],
  ],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    // The same as on GitHub, where the guides are read, too.
    anchor: { slugify: headingId },
    config(md) {
      // What scrolls can be scrolled by keyboard.
      md.renderer.rules["table_open"] = () => '<table tabindex="0">';
    },
  },
  themeConfig: {
    logo: "/logo.svg",
    nav: [
      { text: "Guides", link: "/guides/waiting-well", activeMatch: "^/guides/(?!errors)" },
      { text: "Reference", link: "/reference/api", activeMatch: "^/reference/(?!explorer)" },
      { text: "Explorer", link: "/reference/explorer" },
      { text: "Errors", link: "/guides/errors" },
    ],
    sidebar: sections.map(({ text, items }) => ({
      text,
      items: [...items],
      ...(text === "Packages" ? { collapsed: true } : {}),
    })),
    outline: { level: [2, 3] },
    search: {
      provider: "local",
      options: {
        detailedView: true,
        // What the button shows, with the key that opens it.
        translations: { button: { buttonAriaLabel: "Search K" } },
      },
    },
    externalLinkIcon: true,
    footer: {
      message: `Built from OpenAPI document ${specVersion} <code>${specSha256.slice(0, 12)}</code>`,
    },
  },
  vite: {
    resolve: {
      // Not among the files that the package exports, as which there is only the code of its components.
      alias: [{ find: /^scalar-standalone/u, replacement: scalar }],
    },
    css: {
      postcss: {
        plugins: [
          // The theme's rules for bare elements end where Scalar, which has its own, begins.
          postcssIsolateStyles({
            prefix: ":not(:where(.scalar-app, .scalar-app *))",
            includeFiles: [/base\.css/u, /vp-doc\.css/u],
          }),
        ],
      },
    },
    // The explorer is one file of 4 MB, loaded only where it is shown.
    build: { chunkSizeWarningLimit: 5000, assetsInlineLimit: 0 },
  },
  buildEnd: writeMarkdownFiles,
});
