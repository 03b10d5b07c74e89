import type { BundledPackage, RecordedCode } from "@qontext/sync-log-bundled-code";

/** What is used of a bill of materials in CycloneDX. */
export interface Bill {
  readonly metadata: { readonly component: { readonly "bom-ref": string } };
  readonly components?: readonly Component[];
  readonly dependencies?: readonly Dependency[];
}

/** A package that another depends on or bundles. */
export interface Component {
  readonly "bom-ref": string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly unknown[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** A package's bill of materials with the packages whose code is in its own files, beside those it depends on. */
export function addBundledCode(bill: Bill, code: RecordedCode): Bill {
  const { components = [], dependencies = [] } = bill;
  const known = new Set(components.map((component) => component["bom-ref"]));
  const bundled = new Map(
    Object.values(code)
      .flat()
      .map((one) => [purl(one), one] as const),
  );
  const added = [...bundled].filter(([ref]) => !known.has(ref));
  const root = bill.metadata.component["bom-ref"];
  const own = dependencies.find(({ ref }) => ref === root)?.dependsOn ?? [];
  return {
    ...bill,
    components: [...components, ...added.map(([ref, one]) => componentOf(ref, one))],
    dependencies: [
      ...dependencies.filter(({ ref }) => ref !== root),
      { ref: root, dependsOn: [...new Set([...own, ...bundled.keys()])] },
      ...added.map(([ref]) => ({ ref, dependsOn: [] })),
    ],
  };
}

/** A package URL (https://github.com/package-url/purl-spec), in which the `@` of a scope is encoded. */
function purl({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

function componentOf(ref: string, { name, version, license }: BundledPackage) {
  const [, group, unscoped = name] = /^(@.+)\/(.+)$/u.exec(name) ?? [];
  return {
    type: "library",
    ...(group === undefined ? {} : { group }),
    name: unscoped,
    version,
    purl: ref,
    "bom-ref": ref,
    licenses: [
      / (?:AND|OR|WITH) /u.test(license) ? { expression: license } : { license: { id: license } },
    ],
  };
}
