import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SiteConfig } from "vitepress";
import { sections } from "./navigation.ts";

/** The Markdown of a page, without what only VitePress reads. */
function readPage(srcDir: string, page: string): string {
  return readFileSync(join(srcDir, page), "utf8").replace(/^---\n[\s\S]*?\n---\n+/u, "");
}

/** Puts the Markdown of each page beside it, and `llms.txt`, which lists them, at the root. */
export function writeMarkdownFiles({ srcDir, outDir, pages, site }: SiteConfig): void {
  for (const page of pages) {
    mkdirSync(dirname(join(outDir, page)), { recursive: true });
    writeFileSync(join(outDir, page), readPage(srcDir, page));
  }
  const lists = sections.map(({ text, items }) => {
    const lines = items.map((item) => `- [${item.text}](${site.base}${item.link.slice(1)}.md)`);
    return `## ${text}\n\n${lines.join("\n")}\n`;
  });
  const head = `# ${site.title}\n\n> ${site.description}\n`;
  writeFileSync(join(outDir, "llms.txt"), [head, ...lists].join("\n"));
  const all = sections.flatMap(({ items }) =>
    items.map(({ link }) => readPage(srcDir, `${link.slice(1)}.md`)),
  );
  writeFileSync(join(outDir, "llms-full.txt"), [head, ...all].join("\n"));
}
