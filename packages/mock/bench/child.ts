import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a process holds. */
export interface MemorySample {
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** What a server process tells. */
export interface ServerMessage {
  readonly url?: string;
  readonly path?: string;
  readonly memory?: MemorySample;
  readonly syncs?: readonly string[];
  readonly setUpMs?: number;
}

/** What a server is asked for: what it holds, or to set up ten thousand syncs, in one workspace or in twenty. */
export type ServerQuestion = "memory" | "ten thousand" | "twenty workspaces";

/** A server in a process of its own. */
export interface ServerProcess extends Disposable {
  readonly url: string;
  readonly path: string;
  ask(question: ServerQuestion): Promise<ServerMessage>;
}

/** Starts `prism` or `mock`. */
export async function startServer(kind: "prism" | "mock"): Promise<ServerProcess> {
  const child = fork(new URL("server.ts", import.meta.url), [kind], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
  });
  const { url = "", path = "" } = await nextMessage(child);
  return {
    url,
    path,
    async ask(question) {
      child.send(question);
      return nextMessage(child);
    },
    [Symbol.dispose]() {
      child.kill();
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<ServerMessage> {
  const [message]: ServerMessage[] = await once(child, "message");
  return message ?? {};
}
