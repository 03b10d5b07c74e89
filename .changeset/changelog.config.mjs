// The lines of a changelog, with links to the commits; nobody is asked over the network.
import { fileURLToPath } from "node:url";
import { readRepository } from "../scripts/generate/repository-fields.ts";

const url = readRepository(fileURLToPath(new URL("..", import.meta.url)));

function link(commit) {
  if (!commit) return "";
  const short = commit.slice(0, 7);
  return url ? `[\`${short}\`](${url}/commit/${commit})` : `\`${short}\``;
}

function indented(lines) {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}

export default {
  getReleaseLine: ({ commit, summary }) => {
    const [first = "", ...more] = summary.trim().split("\n");
    const head = commit ? `- ${link(commit)} ${first}` : `- ${first}`;
    return [head, ...indented(more)].join("\n");
  },
  getDependencyReleaseLine: (changesets, dependencies) => {
    if (dependencies.length === 0) return "";
    const commits = [...new Set(changesets.map(({ commit }) => link(commit)).filter(Boolean))];
    const head = `- Updated dependencies${commits.length > 0 ? ` (${commits.join(", ")})` : ""}`;
    return [head, ...dependencies.map(({ name, newVersion }) => `  - ${name}@${newVersion}`)].join(
      "\n",
    );
  },
};
