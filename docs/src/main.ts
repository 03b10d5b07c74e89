// Builds the site into `docs/dist`: guides from Markdown, the rest from the OpenAPI document. Prints where it lies.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { openDocument } from "@qontext/sync-log-document";
import { specSha256, specVersion } from "@qontext/sync-log-schema";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { assumptionsPage } from "./assumptions-page.ts";
import { lifecyclePage } from "./lifecycle-page.ts";
import { renderPage } from "./page-template.ts";
import { pages } from "./pages.ts";
import type { Page } from "./pages.ts";
import type { CodeSample } from "./reference-document.ts";
import { referenceDocument } from "./reference-document.ts";
import { referencePage } from "./reference-page.ts";
import type { RenderMarkdown } from "./render-markdown.ts";
import { createMarkdownRenderer } from "./render-markdown.ts";
import { resolveLink } from "./resolve-link.ts";

const docsDir = dirname(import.meta.dirname);
const outDir = join(docsDir, "dist");

/** `samples/getSyncLog/01-read.ts` is a sample of the operation getSyncLog, in the order of the names. */
function readSamples(): Readonly<Record<string, readonly CodeSample[]>> {
  const samplesDir = join(docsDir, "samples");
  return Object.fromEntries(
    readdirSync(samplesDir).map((operation) => [
      operation,
      readdirSync(join(samplesDir, operation))
        .toSorted()
        .map((file) => ({
          lang: file.endsWith(".ts") ? "typescript" : "shell",
          label: file
            .replace(/^\d+-/u, "")
            .replace(/\.\w+$/u, "")
            .replaceAll("-", " "),
          source: readFileSync(join(samplesDir, operation, file), "utf8"),
        })),
    ]),
  );
}

function pageBody(page: Page, document: OpenApiDocument, render: RenderMarkdown): string {
  if (page.path === "lifecycle.html") return lifecyclePage(document);
  if (page.path === "assumptions.html") return assumptionsPage(document);
  if (page.markdown === undefined) throw new Error(`Nothing says what ${page.path} is made of.`);
  const markdown = readFileSync(join(docsDir, page.markdown), "utf8");
  const exists = (path: string): boolean => existsSync(join(docsDir, path));
  return render(markdown, (href) => resolveLink(page, href, exists));
}

async function buildSite(): Promise<void> {
  const document = openDocument(openapiDocument);
  const render = await createMarkdownRenderer();
  rmSync(outDir, { recursive: true, force: true });
  for (const page of pages) {
    const html =
      page.path === "reference.html"
        ? referencePage(page, referenceDocument(document, readSamples()))
        : renderPage(page, pageBody(page, document, render), { specVersion, specSha256 });
    mkdirSync(dirname(join(outDir, page.path)), { recursive: true });
    writeFileSync(join(outDir, page.path), html);
  }
  cpSync(join(docsDir, "site"), join(outDir, "assets"), { recursive: true });
  const scalar = new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference"));
  cpSync(fileURLToPath(scalar), join(outDir, "assets/scalar.js"));
  writeFileSync(
    join(outDir, "assets/openapi.json"),
    `${JSON.stringify(document.value, null, 2)}\n`,
  );
}

await buildSite();
console.log(`The site is built: ${join(outDir, "index.html")}`);
