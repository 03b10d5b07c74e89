import { fileURLToPath } from "node:url";
import { sections } from "./sections.ts";

/** The page with what was measured last. */
export const resultsFile: string = fileURLToPath(new URL("../RESULTS.md", import.meta.url));

/** The page with what takes no time measured anew: what the client weighs is known without a benchmark. */
export async function withTimeless(page: string): Promise<string> {
  let text = page;
  for (const { title, note, measure, isTimeless } of sections) {
    if (isTimeless !== true) continue;
    const [before = "", rest = ""] = text.split(`## ${title}\n`);
    const table = await measure({ rounds: 0, calls: 0, imports: 0 });
    text = `${before}## ${title}\n\n${note}\n\n${table}\n\n${rest.slice(rest.indexOf("## "))}`;
  }
  return text;
}
