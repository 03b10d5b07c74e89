// `pnpm record [FOLDER]`: what `sync-log watch` shows in a terminal, of syncs of the mock, as the pictures of the README.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startMockServer } from "@qontext/sync-log-mock";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { command, commandEnv } from "./support/command.ts";
import { idOf, isReady } from "./support/pictures.ts";
import { renderRecording } from "./support/render-recording.ts";
import type { Frame, Theme } from "./support/render-recording.ts";
import { Tmux } from "./support/tmux.ts";

const [folder = join(workspaceRoot, "docs/pictures")] = process.argv
  .slice(2)
  .map((path) => resolve(process.env["INIT_CWD"] ?? "", path));
const workspaceId = "ws_7c9e6679-7425-40de-944b-e07fc1f90ae7";
const title = "sync-log watch follows five syncs of a workspace to their ends";
const size = { columns: 110, rows: 8 } as const;
const failsAfterMs = 6000;
const keyMs = 40;
const frameMs = 100;

const themes: Readonly<Record<string, Theme>> = {
  light: {
    background: "#f6f8fa",
    foreground: "#1f2328",
    colors: { "2": "#59636e", "31": "#c01823", "32": "#116329", "33": "#7d4e00", "36": "#0a5f6b" },
  },
  dark: {
    background: "#161b22",
    foreground: "#e6edf3",
    colors: { "2": "#9198a1", "31": "#ff7b72", "32": "#56d364", "33": "#e3b341", "36": "#56d4dd" },
  },
};

/** How they end, after how many steps of how long; one more fails after a while. */
const syncs = [
  { ending: "completed", totalRecords: 48_200, progressSteps: 24, everyMs: 500 },
  { ending: "completed", totalRecords: 12_480, progressSteps: 14, everyMs: 600 },
  { ending: "stopped", totalRecords: 6400, progressSteps: 10, everyMs: 700 },
  { ending: "skipped", totalRecords: null, progressSteps: 1, everyMs: 1500 },
] as const;

async function record(): Promise<readonly Frame[]> {
  using scratch = scratchFolder();
  await using mock = await startMockServer();
  const bin = join(scratch.path, "sync-log");
  writeFileSync(bin, `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`);
  chmodSync(bin, 0o755);
  const env = commandEnv(mock.url, scratch.path);
  using terminal = new Tmux(size.columns, size.rows, {
    ...env,
    PATH: `${scratch.path}:${env["PATH"] ?? ""}`,
  });
  await terminal.shows(isReady);
  const startedMs = performance.now();
  const frames: Frame[] = [];
  const see = (): void => {
    const lines = terminal.painted();
    if (lines.join("\n") === frames.at(-1)?.lines.join("\n")) return;
    frames.push({ atMs: frames.length && Math.round(performance.now() - startedMs), lines });
  };
  see();
  for (const character of `sync-log watch ${workspaceId} --all`) {
    terminal.type(character);
    await delay(keyMs);
    see();
  }
  const [failing, ...others] = [0, ...syncs.keys()].map((_, index) =>
    mock.sync({ workspaceId, id: idOf(index + 1) }),
  );
  terminal.press("Enter");
  // They begin only now, so that a slow machine misses no status.
  await terminal.shows((screen) => {
    see();
    return screen.some((line) => line.startsWith("pending "));
  }, frameMs);
  for (const [index, { ending, everyMs, ...options }] of syncs.entries())
    others[index]?.follow(ending, { ...options, advance: { everyMs } });
  failing?.at("preparing");
  const failure = delay(failsAfterMs).then(() =>
    failing?.at("failed", { userFacingErrorMessage: "The source is gone." }),
  );
  do {
    see();
    await delay(frameMs);
  } while (!isReady(terminal.screen()));
  see();
  await failure;
  return frames;
}

const frames = await record();
mkdirSync(folder, { recursive: true });
for (const [name, theme] of Object.entries(themes)) {
  const file = join(folder, `watch-${name}.svg`);
  writeFileSync(file, renderRecording(frames, { ...size, title, theme }));
  console.log(file);
}
