/** The fenced code blocks of one language in a Markdown text, in order. */
export function codeBlocks(markdown: string, language: string): readonly string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gmu");
  return [...markdown.matchAll(fence)].map(([, code]) => code ?? "");
}
