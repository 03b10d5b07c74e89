import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packAll } from "@qontext/sync-log-test-support/pack";
import { commandEnvironment, runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { createConsumerProject } from "../../../test/together/consumer-project.ts";
import { toolsFolder } from "./other-packages.ts";

/** A project that has installed the packed client and mock, outside of the workspace. */
export interface InstalledProject extends Disposable {
  readonly dir: string;
  write(file: string, text: string): void;
  /** Runs a file of a tool in a folder of the project with Node, and gives what it printed. */
  run(folder: string, ...args: readonly string[]): Promise<string>;
}

/** The path of a file in the packages of this suite. */
export const toolFile = (path: string): string => join(toolsFolder, "node_modules", path);

export async function createInstalledProject(): Promise<InstalledProject> {
  const scratch = scratchFolder();
  const dir = join(scratch.path, "project");
  const names = ["client", "mock", "schema"].map((folder) => `@qontext/sync-log-${folder}`);
  await createConsumerProject(dir, await packAll(scratch.path), names);
  // A framework looks for itself where the application is.
  for (const name of ["next", "react", "react-dom"]) {
    symlinkSync(toolFile(name), join(dir, "node_modules", name));
  }
  return {
    dir,
    write: (file, text) => {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    },
    run: async (folder, ...args) => {
      const env = { ...commandEnvironment(), FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1" };
      return (await runCommand("node", args, { cwd: join(dir, folder), env })).output;
    },
    [Symbol.dispose]: () => scratch[Symbol.dispose](),
  };
}
