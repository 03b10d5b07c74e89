import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { allChecks } from "../checks/all-checks.ts";
import { createSpecification } from "../spec/create-specification.ts";
import { checkDocument } from "../spec/load-document.ts";
import type { CliIo } from "./cli-io.ts";
import { judgingOptions, readCommandLine, readSpec } from "./read-options.ts";

/** `checks`: prints each check with its severity, what it asserts and why. */
export async function runChecks(argv: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(argv, {
    spec: { type: "string" },
    "ignore-format": judgingOptions["ignore-format"] ?? { type: "string" },
  });
  const { document = checkDocument(openapiDocument, "of the sync-log endpoint") } =
    await readSpec(line);
  const checks = allChecks(
    createSpecification(document, { ignoredFormats: line.ids("ignore-format") ?? [] }),
  );
  for (const { id, severity, asserts, why } of checks)
    io.writeOut(`${id}  ${severity}\n  ${asserts}\n  ${why}\n`);
  io.writeOut(`\n${checks.length} checks. A warning is an error with --strict.\n`);
  return 0;
}
