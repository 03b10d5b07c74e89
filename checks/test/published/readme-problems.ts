import { posix } from "node:path";
import { fileLinks } from "../documented/file-links.ts";

const lines = { least: 60, most: 120 } as const;

/** What is wrong with the README of a package, for whoever has nothing but the files in its tarball. */
export function readmeProblems(
  readme: string,
  name: string,
  entries: readonly string[],
  isPublished: boolean,
): readonly string[] {
  const dead = fileLinks(readme)
    .map(({ target }) => posix.normalize(target))
    .filter((target) => target !== "." && !entries.includes(target))
    .map((target) => `${target} is not in the package`);
  const installation = new RegExp(String.raw`^npm install (?:\S+ )*${name}(?: |$)`, "mu");
  const hasNote = /^npm install .* # not published yet: /mu.test(readme);
  const count = readme.trimEnd().split("\n").length;
  return [
    ...dead,
    ...(installation.test(readme) ? [] : [`does not say \`npm install ${name}\``]),
    ...(hasNote === isPublished ? [publication(isPublished)] : []),
    ...(count >= lines.least && count <= lines.most
      ? []
      : [`has ${count} lines, not ${lines.least} to ${lines.most}`]),
  ];
}

/** Before the first release the name is nobody's, or somebody else's; the setting that a release needs says that it is near. */
function publication(isPublished: boolean): string {
  return isPublished
    ? "says `not published yet`, and the root package.json names a repository"
    : "does not say `# not published yet: …` where it is installed";
}
