import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "./run-generator.ts";

/** What generated methods need, for the body of a request. */
export const libWithFetch: readonly string[] = ["es2023", "dom", "dom.iterable"];

/** Compiles the folder's sources by the strict settings of the repository; what is wrong, as the compiler says it. */
export function compileFolder(folder: string, lib: readonly string[] = ["es2023"]): string {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(repositoryRoot, "tsconfig.base.json"),
      compilerOptions: { noEmit: true, rootDir: ".", lib },
      include: ["**/*.ts"],
    }),
  );
  const tsc = join(repositoryRoot, "node_modules/typescript/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

/** Writes files by their paths below a folder. */
export function writeTexts(folder: string, texts: Iterable<readonly [string, string]>): void {
  for (const [path, text] of texts) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
