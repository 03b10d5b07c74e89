import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command, commandEnv } from "./support/command.ts";
import { idOf, isReady, picture, sizes, timeless } from "./support/pictures.ts";
import { Tmux } from "./support/tmux.ts";

const scratch = scratchFolder();
let mock: MockServer;
beforeAll(async () => {
  mock = await startMockServer();
});
afterAll(async () => {
  await mock.close();
  scratch[Symbol.dispose]();
});

/** Types the command; its ids come from a file, as a terminal takes no line of two hundred. */
function watch(terminal: Tmux, syncs: ReturnType<MockServer["sync"]>[], options = ""): void {
  const file = join(scratch.path, "ids");
  writeFileSync(file, syncs.map(({ id }) => id).join("\n"));
  const workspaceId = syncs[0]?.workspaceId ?? "";
  terminal.enter(`${process.execPath} ${command} watch ${workspaceId} - ${options} < ${file}`);
}

/** How some of them end, one after the other. */
const endings = ["completed", "failed", "stopped", "skipped"] as const;

test.each([1, 2, 10, 50, 200])(
  "%i logs, seen at each size, and whole at the end",
  async (count) => {
    mock.reset();
    const syncs = Array.from({ length: count }, (_, index) => {
      const status = ["ingesting", "data_fetching", "preparing"][index % 3] ?? "";
      const counts = status === "ingesting" ? { recordsIngested: index } : {};
      return mock.sync({ id: idOf(index) }).at(status, counts);
    });
    using terminal = new Tmux(80, 24, commandEnv(mock.url, scratch.path));
    await terminal.shows(isReady);
    watch(terminal, syncs, `--interval ${Math.max(100, 5 * count)}ms`);
    await terminal.shows((screen) => screen.some((line) => /^(?: {2})?ingesting /u.test(line)));
    const ending = count === 1 ? [] : syncs.slice(-Math.min(endings.length, count - 1));
    for (const [index, sync] of ending.entries()) {
      const status = endings[index] ?? "completed";
      sync.at(status);
      const isCounted = new RegExp(`^${count} syncs: .*\\b1 ${status}`, "u");
      terminal.resize(120, 40);
      await terminal.shows((screen) => isCounted.test(screen.at(-1) ?? ""));
    }
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      await terminal.settled();
      await expect
        .poll(() => timeless(terminal.screen()))
        .toMatchFileSnapshot(picture(`${count}-at-${columns}x${rows}`));
    }
    terminal.resize(120, 40);
    for (const sync of syncs) if (!ending.includes(sync)) sync.at("completed");
    await terminal.shows(isReady);
    expect(terminal.state("alternate_on")).toBe("0");
    expect(terminal.state("cursor_flag")).toBe("1");
    // One picture, whole, and nothing of the others.
    const rest = terminal.scrolled();
    const lines = rest.filter((line) => /^(?:\w+ +)?sync_/u.test(line));
    for (const { id } of syncs) expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("ingesting "))).toEqual([]);
    expect(rest.filter((line) => /^\d+ syncs: /u.test(line))).toHaveLength(count === 1 ? 0 : 1);
  },
);

/** Whether thirty logs and their summary are there, and nothing else. */
const isWhole = (screen: readonly string[]): boolean =>
  screen.length === 31 && screen.slice(0, 30).every((line) => line.startsWith("ingesting "));

test("Ctrl-Z and fg, and a window that is dragged, leave nothing behind", async () => {
  mock.reset();
  const syncs = Array.from({ length: 30 }, (_, index) =>
    mock.sync({ id: idOf(index) }).at("ingesting"),
  );
  using terminal = new Tmux(120, 40, commandEnv(mock.url, scratch.path));
  await terminal.shows(isReady);
  terminal.enter("echo before");
  await terminal.shows((screen) => screen.length === 3 && isReady(screen));
  watch(terminal, syncs);
  await terminal.shows(isWhole);
  for (let step = 0; step < 40; step += 1) terminal.resize(120 - 2 * step, 40 - (step % 30));
  for (let step = 0; step < 40; step += 1) terminal.resize(40 + 2 * step, 10 + (step % 30));
  terminal.resize(120, 40);
  await terminal.shows(isWhole);
  terminal.press("C-z");
  await terminal.shows(isReady);
  expect(terminal.state("cursor_flag")).toBe("1");
  expect(terminal.screen().join("\n")).not.toContain("running");
  terminal.enter("fg");
  await terminal.shows(isWhole);
  terminal.press("C-c");
  await terminal.shows(isReady);
  const rest = terminal.scrolled();
  expect(rest.filter((line) => line.startsWith("ingesting "))).toHaveLength(30);
  expect(rest.filter((line) => line === "before")).toHaveLength(1);
  expect(rest.some((line) => line.startsWith("To continue: sync-log watch"))).toBe(true);
});
