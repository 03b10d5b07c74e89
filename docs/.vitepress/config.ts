import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { specSha256, specVersion } from "@qontext/sync-log-schema";
import type { DefaultTheme } from "vitepress";
import { defineConfig, postcssIsolateStyles } from "vitepress";
import { headingId } from "../src/heading-id.ts";
import { packageSection, sections } from "../src/navigation.ts";
import type { Section } from "../src/navigation.ts";
import { writeMarkdownFiles } from "../src/markdown-files.ts";
import { search } from "../src/search.ts";
import { sourceLinks } from "../src/source-links.ts";

const scalar = fileURLToPath(
  new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference")),
);

const { homepage }: { readonly homepage?: string } = createRequire(import.meta.url)(
  "@qontext/sync-log-client/package.json",
);

const isReference = ({ text }: Section): boolean => text === "Reference";
const sidebarGroup = ({ text, items }: Section): DefaultTheme.SidebarItem => ({
  text,
  items: [...items],
});

export default defineConfig({
  lang: "en",
  title: "Qontext sync logs",
  description: "Learn what became of a sync: a typed client, a watcher, a mock and a contract kit.",
  srcExclude: ["**/README.md", "artifacts/**"],
  rewrites: { "generated/:path(.*)": "reference/:path" },
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
    sidebar: {
      "/": sections.map(sidebarGroup),
      "/reference/packages/": [packageSection, ...sections.filter(isReference)].map(sidebarGroup),
    },
    outline: { level: [2, 3] },
    search,
    ...sourceLinks(homepage),
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
  transformPageData(page) {
    // What is made of the document and of declarations is not edited.
    return page.relativePath.startsWith("reference/")
      ? { frontmatter: { ...page.frontmatter, editLink: false } }
      : {};
  },
  buildEnd: writeMarkdownFiles,
});
