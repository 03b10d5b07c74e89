import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";

/** What a recording shows, each line of each frame. */
function linesOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/gu)].map(([, text = ""]) =>
    text
      .replaceAll(/<[^>]*>/gu, " ")
      .replaceAll(/ +/gu, " ")
      .trim(),
  );
}

/** What the last frame says of all syncs, without how long they took. */
const sum = (lines: readonly string[] = []): string =>
  (lines.findLast((line) => line.startsWith("5 syncs:")) ?? "").replace(/\d+ s$/u, "");

test("a recording made now shows syncs on their way, and ends as the one that is kept", async () => {
  using scratch = scratchFolder();
  const recorder = join(import.meta.dirname, "record.ts");
  await runCommand(process.execPath, [recorder, scratch.path], { cwd: scratch.path });
  for (const name of ["watch-light.svg", "watch-dark.svg"]) {
    const [made, kept] = [scratch.path, join(workspaceRoot, "docs/pictures")].map((folder) =>
      linesOf(readFileSync(join(folder, name), "utf8")),
    );
    for (const status of ["pending", "preparing", "ingesting"])
      expect(made?.some((line) => line.startsWith(`${status} sync_`))).toBe(true);
    expect(sum(made)).toContain("1 failed");
    expect(sum(made)).toBe(sum(kept));
  }
});
