import { dirname, join, relative } from "node:path";
import type { Context, DeclarationReflection } from "typedoc";
import { Application, Converter, ReflectionKind } from "typedoc";
import { packageModules, packagesDir } from "./package-modules.ts";
import type { PackageModule } from "./package-modules.ts";

/** Writes a page for each module of the packages into a folder: `sync-log-client/node.md`. */
export async function writePackagePages(outDir: string): Promise<void> {
  const modules = packageModules();
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: modules.map(({ declarations }) => declarations),
    tsconfig: join(dirname(import.meta.dirname), "tsconfig.packages.json"),
    // What was compiled once is not checked a second time.
    skipErrorChecking: true,
    name: "Packages",
    readme: "none",
    disableSources: true,
    excludePrivate: true,
    excludeInternal: true,
    groupOrder: ["Functions", "Interfaces", "Type Aliases", "Variables", "Classes", "*"],
    logLevel: "Warn",
    outputs: [{ name: "markdown", path: outDir }],
    ...markdownOptions,
  });
  // Before members are grouped, and once it is known where each comes from.
  app.converter.on(Converter.EVENT_RESOLVE_END, removeInherited, 500);
  const project = await app.convert();
  if (project === undefined) throw new Error("The declarations of the packages cannot be read.");
  for (const reflection of project.children ?? []) {
    const module = modules.find((one) => typedocName(one) === reflection.name);
    if (module === undefined) throw new Error(`Nothing exports the module ${reflection.name}.`);
    reflection.name = module.name;
  }
  await app.generateOutputs(project);
}

/** Leaves out what errors have in common: it is said once, of the class that they are of. */
function removeInherited({ project }: Context): void {
  for (const one of project.getReflectionsByKind(ReflectionKind.Class)) {
    const members = one.isDeclaration() ? (one.children ?? []) : [];
    for (const member of members.filter(isInherited)) project.removeReflection(member);
  }
}

/** Whether a member of a class is that of a class it extends. */
function isInherited({ inheritedFrom, signatures = [] }: DeclarationReflection): boolean {
  return [{ inheritedFrom }, ...signatures].some((one) => one.inheritedFrom !== undefined);
}

/** What TypeDoc calls a module: its path below what all have in common. */
function typedocName({ declarations }: PackageModule): string {
  return relative(packagesDir, declarations).replace(/(?:\/index)?\.d\.ts$/u, "");
}

/** Options of the plugin, which TypeDoc's own types do not know. */
const markdownOptions: object = {
  outputFileStrategy: "modules",
  entryFileName: "index",
  excludeScopesInPaths: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useHTMLAnchors: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  propertyMembersFormat: "table",
};
