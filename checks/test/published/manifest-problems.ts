import type { Manifest } from "@qontext/sync-log-test-support/workspace";

/** What is wrong with a package that is to be published, by its manifest and the files in its tarball. */
export function manifestProblems(
  manifest: Manifest,
  entries: readonly string[],
): readonly string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [manifest.sideEffects === false, 'no `"sideEffects": false`'],
    [manifest.license === "MIT", "no MIT license"],
    [manifest.type === "module", "no ES module"],
    [manifest.engines?.["node"] === ">=20.19", "no `engines.node` of >=20.19"],
    [manifest.publishConfig?.["access"] === "public", "no public access"],
    [Array.isArray(manifest.files), "no list of files"],
    [!Object.keys(manifest.scripts ?? {}).some(isInstallScript), "a script that runs at install"],
    ...["LICENSE", "README.md", "package.json"].map(
      (file) => [entries.includes(file), `no ${file}`] as const,
    ),
    ...entries
      .filter((entry) => /\.tsbuildinfo$|(?:^|\/)test\//u.test(entry))
      .map((entry) => [false, `${entry} is not for consumers`] as const),
    ...sourceMapsWithoutSources(entries).map(
      (entry) => [false, `${entry} has no source beside it`] as const,
    ),
    ...Object.entries(manifest.dependencies ?? {})
      .filter(([, range]) => !/^(?:\d+\.\d+\.\d+|workspace:\*|catalog:.*)$/u.test(range))
      .map(([name, range]) => [false, `${name} is ${range} and not one version`] as const),
  ];
  return rules.flatMap(([isFine, problem]) => (isFine ? [] : [problem]));
}

function isInstallScript(name: string): boolean {
  return /^(?:pre|post)?install$/u.test(name);
}

/** A map is of use only with the source that it leads to. */
function sourceMapsWithoutSources(entries: readonly string[]): readonly string[] {
  return entries.filter((entry) => {
    if (!entry.endsWith(".map")) return false;
    const source = entry.replace(/^dist\//u, "src/").replace(/(?:\.d\.ts|\.js)\.map$/u, ".ts");
    return !entries.includes(source);
  });
}
