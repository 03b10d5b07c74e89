import { readFile, readdir } from "node:fs/promises";
import { extname } from "node:path";
import type { Answer } from "../http/answer.ts";

const pageFolder = new URL("../../dist/page/", import.meta.url);

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

// The page only needs the mock that serves it.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Serves the page of the mock.
 *
 * @param pageKey - The key that the page reads the mocked API with.
 * @returns `undefined` for a path without a file of the page.
 */
export function createPage(pageKey: string): (path: string) => Promise<Answer | undefined> {
  let listing: Promise<ReadonlySet<string>> | undefined;
  return async (path) => {
    listing ??= listFiles();
    const files = await listing;
    const name = path === "/_mock/" ? "index.html" : path.slice("/_mock/".length);
    if (!files.has(name)) return undefined;
    const text = await readFile(new URL(name, pageFolder), "utf8");
    return {
      status: 200,
      headers: {
        "content-type": contentTypes[extname(name)] ?? "application/octet-stream",
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
      },
      body: name === "index.html" ? text.replace("%PAGE_KEY%", pageKey) : text,
    };
  };
}

async function listFiles(): Promise<ReadonlySet<string>> {
  try {
    const entries = await readdir(pageFolder, { recursive: true });
    return new Set(
      entries.map((name) => name.replaceAll("\\", "/")).filter((name) => extname(name) !== ""),
    );
  } catch {
    // Not built: every path of the page is 404.
    return new Set();
  }
}
