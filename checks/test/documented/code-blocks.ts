/** A fenced code block of a Markdown text. */
export interface CodeBlock {
  /** The heading above it; empty where there is none. */
  readonly heading: string;
  readonly code: string;
}

/** The fenced code blocks of one language in a Markdown text, in order. */
export function codeBlocks(markdown: string, language: string): readonly CodeBlock[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gmu");
  return [...markdown.matchAll(fence)].map(({ 1: code = "", index }) => {
    const headings = markdown.slice(0, index).matchAll(/^##+ (.+)$/gmu);
    return { heading: [...headings].at(-1)?.[1] ?? "", code };
  });
}
