import { dirname, join, relative } from "node:path";
import type { Context, DeclarationReflection, Reflection } from "typedoc";
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
  app.converter.on(Converter.EVENT_RESOLVE_END, linkErrors, 500);
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

/** Makes links of the errors that `@throws` names. In a source, TypeScript would take the brace of a link for a type. */
function linkErrors({ project }: Context): void {
  const classes = project.getReflectionsByKind(ReflectionKind.Class);
  for (const reflection of Object.values(project.reflections)) {
    for (const { tag, content } of reflection.comment?.blockTags ?? []) {
      const [first] = content;
      if (tag !== "@throws" || first?.kind !== "text") continue;
      const [name = ""] = /^\w+/u.exec(first.text) ?? [];
      const named = classes.filter((one) => one.name === name);
      const target = named.find((one) => moduleOf(one) === moduleOf(reflection)) ?? named[0];
      if (target === undefined) continue;
      const rest = { kind: "text", text: first.text.slice(name.length) } as const;
      content.splice(0, 1, { kind: "inline-tag", tag: "@link", text: name, target }, rest);
    }
  }
}

function moduleOf(reflection: Reflection): Reflection | undefined {
  const { parent } = reflection;
  return parent === undefined || reflection.kindOf(ReflectionKind.Module)
    ? reflection
    : moduleOf(parent);
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
