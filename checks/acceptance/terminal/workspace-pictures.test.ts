import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer } from "@qontext/sync-log-mock";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { command, commandEnv, key } from "./support/command.ts";
import { idOf, isReady, picture, sizes, timeless } from "./support/pictures.ts";
import { Tmux } from "./support/tmux.ts";

const workspaceId = "ws_22222222-e89b-42d3-a456-426614174000";
const scratch = scratchFolder();
let mock: MockServer;
beforeAll(async () => {
  // The first one has the document's examples in it.
  const examples = "ws_123e4567-e89b-12d3-a456-426614174000";
  mock = await startMockServer({ apiKeys: { [key]: [examples, workspaceId] } });
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await mock.close();
  scratch[Symbol.dispose]();
});

const statuses = ["ingesting", "completed", "failed", "pending", "stopped", "skipped"];

/** Begun half an hour after each other, and none of them so that a minute is about to be over. */
function create(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const at = (minutes: number): string =>
      new Date(Date.now() - (30 * index + 95.5 - minutes) * 60_000).toISOString();
    const status = statuses[index % statuses.length] ?? "";
    const isEnded = !["ingesting", "pending"].includes(status);
    return mock.sync({ workspaceId, id: idOf(index) }).at(status, {
      createdAt: at(0),
      startedAt: status === "pending" ? null : at(0),
      preparationCompletedAt: status === "pending" ? null : at(0.5),
      completedAt: isEnded ? at(1) : null,
      updatedAt: at(1),
    });
  });
}

const list = `${process.execPath} ${command} list ${workspaceId}`;

/** Whether a command has printed its last line, below which the shell waits. */
const isCounted = (screen: readonly string[]): boolean =>
  isReady(screen) && screen.some((line) => /^\d+ syncs: /u.test(line));

test.each([60, 100, 160])("a list, %i columns wide", async (columns) => {
  create(9);
  using terminal = new Tmux(columns, 24, commandEnv(mock.url, scratch.path));
  await terminal.shows(isReady);
  terminal.enter(`clear; ${list} --limit 8`);
  const screen = await terminal.shows(isCounted);
  const from = screen.findIndex((line) => line.startsWith("STATUS"));
  await expect(`${screen.slice(from, -1).join("\n")}\n`).toMatchFileSnapshot(
    picture(`list-${columns}-wide`),
  );
});

test("a board, seen at each size, on which syncs appear and end", async () => {
  const syncs = create(40);
  using terminal = new Tmux(80, 24, commandEnv(mock.url, scratch.path));
  await terminal.shows(isReady);
  terminal.enter(`${list} --watch --interval 200ms`);
  await terminal.shows((screen) => (screen.at(-1) ?? "").startsWith("40 syncs: 14 running"));
  for (const [columns, rows] of sizes) {
    terminal.resize(columns, rows);
    await terminal.settled();
    await expect
      .poll(() => timeless(terminal.screen()))
      .toMatchFileSnapshot(picture(`board-at-${columns}x${rows}`));
  }
  const added = mock.sync({ workspaceId, id: idOf(40) }).at("preparing");
  await terminal.shows(([first = ""]) => first.startsWith("preparing"));
  added.at("failed");
  const { createdAt, startedAt, preparationCompletedAt } = { ...syncs[0]?.body };
  syncs[0]?.at("completed", { createdAt, startedAt, preparationCompletedAt });
  for (let step = 0; step < 30; step += 1) terminal.resize(120 - 2 * step, 40 - step);
  terminal.resize(120, 40);
  const screen = await terminal.shows(
    (lines) =>
      lines.length === 40 && (lines.at(-1) ?? "").startsWith("41 syncs: 13 running, 8 failed"),
  );
  expect(screen[13]).toMatch(/^(?:completed|failed) /u);
  terminal.press("C-c");
  await terminal.shows(isReady);
  expect(terminal.state("alternate_on")).toBe("0");
  expect(terminal.state("cursor_flag")).toBe("1");
  // One picture, no higher than the terminal, and nothing of the others.
  const rest = terminal.scrolled();
  expect(rest.filter((line) => line.startsWith("41 syncs: "))).toHaveLength(1);
  expect(rest.filter((line) => line.includes(" sync_")).length).toBeLessThan(40);
  const ids = rest.flatMap((line) => / (sync_\S+)/u.exec(line)?.[1] ?? []);
  expect(new Set(ids).size).toBe(ids.length);
});
