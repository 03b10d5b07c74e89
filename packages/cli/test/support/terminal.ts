import { Terminal as Screen } from "@xterm/headless";
import type { IPty } from "@lydell/node-pty";
import { cliEnv, mainFile } from "./run-cli.ts";

/** The pseudo-terminal's native part; undefined on a platform for which it has none. */
const ptyModule = await import("@lydell/node-pty").catch(() => undefined);

/** Whether tests on a terminal can run. In CI they must: there an absent terminal is a failure. */
export const hasTerminal: boolean = ptyModule !== undefined || Boolean(process.env["CI"]);

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command on a pseudo-terminal, with a screen that shows what a person would see. */
export class TerminalRun {
  /** Every byte that was printed, as text. */
  raw = "";
  readonly exit: Promise<number>;
  readonly #pty: IPty;
  readonly #screen: Screen;
  #settled: Promise<void> = Promise.resolve();
  readonly #watchers = new Set<() => void>();

  constructor(pty: IPty, screen: Screen) {
    this.#pty = pty;
    this.#screen = screen;
    pty.onData((data) => {
      this.raw += data;
      this.#settled = new Promise((resolve) => screen.write(data, resolve));
      void this.#settled.then(() => this.#watchers.forEach((check) => check()));
    });
    this.exit = new Promise((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  /** Everything on the screen and above it, line by line, without the empty lines at the end. */
  lines(): readonly string[] {
    const buffer = this.#screen.buffer.active;
    const lines = Array.from(
      { length: buffer.length },
      // No further than the window is wide: beyond, the library keeps what a wider one had.
      (_, index) => buffer.getLine(index)?.translateToString(true, 0, this.#screen.cols) ?? "",
    );
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  text(): string {
    return this.lines().join("\n");
  }

  /** Whether any line of the screen goes on from the one above it, because it was too long. */
  hasWrappedLines(): boolean {
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: buffer.length }, (_, index) => index).some(
      (index) => buffer.getLine(index)?.isWrapped === true,
    );
  }

  /** Resolves when the screen shows what is looked for; rejects when the command ends without it. */
  async shows(pattern: RegExp): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!pattern.test(this.text())) return;
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
      check();
      const giveUp = async (): Promise<void> => {
        await this.ended();
        check();
        reject(new Error(`The command ended without ${pattern}:\n${this.text()}`));
      };
      void giveUp();
    });
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Ends the command, whatever it does. */
  async kill(): Promise<void> {
    this.#pty.kill("SIGKILL");
    await this.exit;
  }

  /** The exit code, once the screen shows all that was printed. */
  async ended(): Promise<number> {
    const code = await this.exit;
    await this.#settled;
    return code;
  }
}

function start(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { columns = 80, rows = 24 }: TerminalOptions,
): TerminalRun {
  if (ptyModule === undefined) throw new Error("There is no pseudo-terminal on this platform.");
  const pty = ptyModule.spawn(file, [...args], {
    cols: columns,
    rows,
    name: "xterm-256color",
    env: { ...env },
  });
  return new TerminalRun(
    pty,
    new Screen({ cols: columns, rows, scrollback: 1000, allowProposedApi: true }),
  );
}

/** Starts the built command on a pseudo-terminal. */
export function runOnTerminal(
  baseUrl: string,
  args: readonly string[],
  options: TerminalOptions = {},
): TerminalRun {
  const env = cliEnv(baseUrl, { TERM: "xterm-256color", ...options.env });
  return start(process.execPath, [mainFile, ...args], env, options);
}

/** Starts a shell on a pseudo-terminal, wide enough that no line wraps. */
export function runShellOnTerminal(
  shell: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): TerminalRun {
  return start(shell, args, env, { columns: 200, rows: 40 });
}
