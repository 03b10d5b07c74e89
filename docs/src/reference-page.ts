import type { JsonObject } from "@qontext/sync-log-document";
import { pageHead, rootPath } from "./page-template.ts";
import type { Page } from "./pages.ts";

/** How the reference behaves: nothing is fetched, sent home or kept, and try-it goes straight to the chosen server. */
const behavior = {
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "none",
  agent: { disabled: true },
  mcp: { disabled: true },
  theme: "none",
  defaultOpenAllTags: true,
  hiddenClients: true,
  expandAllResponses: false,
} as const;

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** The page on which Scalar shows the document, with the site's header above it. */
export function referencePage(page: Page, document: JsonObject): string {
  const root = rootPath(page);
  return `<!doctype html>
<html lang="en">
<head>
${pageHead(page, "reference.css")}
</head>
<body class="reference">
<a class="skip" href="#reference">Skip to content</a>
<header><a class="home" href="${root}index.html">Qontext sync logs</a></header>
<div id="reference"></div>
<script src="${root}assets/scalar.js"></script>
<script src="${root}assets/reference.js"></script>
<script>
Scalar.createApiReference("#reference", ${scriptJson({ ...behavior, content: document })});
</script>
</body>
</html>
`;
}
