// `pnpm scope @acme`: renames the packages, and every mention of them.
import { fileURLToPath } from "node:url";
import { ReleaseError } from "../release-error.ts";
import { currentScope, renameScope } from "./rename-scope.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const [scope, ...rest] = process.argv.slice(2);
try {
  if (scope === undefined || rest.length > 0) {
    const before = `The packages are under ${currentScope(root)}.`;
    throw new ReleaseError("usage", `${before} Usage: pnpm scope @SCOPE`);
  }
  const changed = renameScope(root, scope);
  console.log(
    `Renamed to ${scope} in ${changed.length} files. Now: pnpm install && pnpm fix && pnpm check`,
  );
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
