import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { emitMethods } from "../../../generate/emit/emit-methods.ts";
import { planGeneration } from "../../../generate/plan-generation.ts";
import { clientModules } from "./client-modules.ts";
import { compileFolder, libWithFetch, writeTexts } from "./compile-folder.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

type Method = (params?: object, options?: object) => Promise<unknown>;

/** What the generated module exports. */
export interface Methods {
  readonly createMethods: (transport: { baseUrl: string }) => Readonly<Record<string, Method>>;
  readonly [request: `${string}Request`]: (
    baseUrl: string,
    params?: object,
  ) => {
    readonly method: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

/** The methods of a document, compiled by the strict settings and run. */
export async function runMethods(
  document: Parameters<typeof planGeneration>[0],
): Promise<{ readonly text: string; readonly errors: string; readonly client: Methods }> {
  const plan = planGeneration(document, "Generated from a test by `pnpm generate`.");
  const source = { ...plan, document, interfaceName: "Methods", report: () => {} };
  const text = emitMethods({ ...source, schemaModule: "../../schema/index.ts" });
  using scratch = scratchFolder();
  writeTexts(scratch.path, [
    ...clientModules,
    ...[...plan.files].map(([file, code]) => [`schema/${file}`, code] as const),
    ["client/generated/methods.ts", text],
  ]);
  const errors = compileFolder(scratch.path, libWithFetch);
  const file = pathToFileURL(join(scratch.path, "client/generated/methods.ts")).href;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was compiled just now
  const client = (await import(file)) as Methods;
  return { text, errors, client };
}
