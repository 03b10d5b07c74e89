import { packageModules, packages } from "../package-modules.ts";
import { code, table } from "./markdown.ts";

/** The page that lists the packages, each with what it is and with its modules. */
export function packagesPage(): string {
  const modules = packageModules();
  const rows = packages().map(({ name, description }) => {
    const own = modules.filter((one) => one.name === name || one.name.startsWith(`${name}/`));
    const links = own.map(({ path, name: module }) => {
      const text = module === name ? "main" : module.slice(name.length + 1);
      return `[${text}](${path}.md)`;
    });
    const isCommand = links.length === 0;
    return [
      code(name),
      description,
      isCommand ? "a command: [its guide](../../guides/command-line.md)" : links.join(", "),
    ];
  });
  return `# Packages

What each package is, and the modules that it exports, with everything in them.

${table(["package", "what it is", "modules"], rows)}
`;
}
