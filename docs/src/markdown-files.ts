import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SiteConfig } from "vitepress";
import { allSections } from "./navigation.ts";

/** Puts the Markdown of each page beside it, and `llms.txt`, which lists them, at the root. */
export function writeMarkdownFiles({ srcDir, outDir, pages, rewrites, site }: SiteConfig): void {
  const texts = new Map(
    pages.map((page) => [
      rewrites.map[page] ?? page,
      // Without what only VitePress reads.
      readFileSync(join(srcDir, page), "utf8").replace(/^---\n[\s\S]*?\n---\n+/u, ""),
    ]),
  );
  for (const [page, text] of texts) {
    mkdirSync(dirname(join(outDir, page)), { recursive: true });
    writeFileSync(join(outDir, page), text);
  }
  const lists = allSections.map(({ text, items }) => {
    const lines = items.map(
      (item) => `- [${item.text}](${site.base}${item.link.slice(1)}.md): ${item.about}`,
    );
    return `## ${text}\n\n${lines.join("\n")}\n`;
  });
  const head = `# ${site.title}\n\n> ${site.description}\n`;
  writeFileSync(join(outDir, "llms.txt"), [head, ...lists].join("\n"));
  writeFileSync(join(outDir, "llms-full.txt"), [head, ...texts.values()].join("\n"));
}
