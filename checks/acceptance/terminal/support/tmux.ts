import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

const pollEveryMs = 50;
const settleMs = 500;
const patienceMs = 60_000;

/** A real terminal of a size, in which a shell runs, until it is disposed of. */
export class Tmux implements Disposable {
  static #count = 0;
  readonly #socket = `sync-log-${process.pid}-${Tmux.#count++}`;

  constructor(columns: number, rows: number, env: Readonly<Record<string, string>>) {
    const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const shell = ["env", "-i", ...words, "TERM=screen-256color", "PS1=$ ", "sh", "-i"];
    const size = ["-x", String(columns), "-y", String(rows)];
    this.#tmux("-f", "/dev/null", "new-session", "-d", ...size, ...shell);
    this.#tmux("set-option", "-g", "window-size", "manual");
    this.#tmux("set-option", "-g", "history-limit", "5000");
  }

  #tmux(...args: readonly string[]): string {
    const { status, stdout, stderr, error } = spawnSync("tmux", ["-L", this.#socket, ...args], {
      encoding: "utf8",
    });
    if (error !== undefined) throw new Error("tmux is not installed: apt-get install tmux");
    if (status !== 0) throw new Error(`tmux ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** What a person sees, line by line. */
  screen(): readonly string[] {
    return this.#lines("-p");
  }

  /** What a person sees, with the escape sequences of its colors. */
  painted(): readonly string[] {
    return this.#lines("-p", "-e");
  }

  /** What a person sees after scrolling up; of a line that wraps, the whole. */
  scrolled(): readonly string[] {
    return this.#lines("-p", "-J", "-S", "-");
  }

  #lines(...args: readonly string[]): readonly string[] {
    const lines = this.#tmux("capture-pane", ...args).split("\n");
    while (lines.at(-1)?.trim() === "") lines.pop();
    return lines.map((line) => line.trimEnd());
  }

  /** What tmux knows of the terminal, such as `cursor_flag` or `alternate_on`. */
  state(name: string): string {
    return this.#tmux("display-message", "-p", `#{${name}}`).trim();
  }

  /** Types a text. */
  type(text: string): void {
    this.#tmux("send-keys", "-l", text);
  }

  /** Types a line and Enter. */
  enter(line: string): void {
    this.type(line);
    this.press("Enter");
  }

  /** Presses a key, such as `C-c`. */
  press(key: string): void {
    this.#tmux("send-keys", key);
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** Resolves with the screen once it is as looked for. */
  async shows(
    isShown: (screen: readonly string[]) => boolean,
    everyMs: number = pollEveryMs,
  ): Promise<readonly string[]> {
    const untilMs = performance.now() + patienceMs;
    for (;;) {
      const screen = this.screen();
      if (isShown(screen)) return screen;
      if (performance.now() > untilMs)
        throw new Error(`It never shows that:\n${screen.join("\n")}`);
      await delay(everyMs);
    }
  }

  /** The screen, once it has stayed the same for longer than it takes to be drawn again, but for its times. */
  async settled(): Promise<readonly string[]> {
    let last = "";
    return this.shows((screen) => {
      const seen = screen.join("\n").replaceAll(/\d+ s/gu, "");
      const isSame = seen === last;
      last = seen;
      return isSame;
    }, settleMs);
  }

  [Symbol.dispose](): void {
    this.#tmux("kill-server");
  }
}
