import { createRequire } from "node:module";
import { join } from "node:path";

/** Where the packages of this suite are installed; scripts that use them lie there, too. */
export const toolsFolder: string = join(import.meta.dirname, "../tools");

const require = createRequire(join(toolsFolder, "package.json"));

/**
 * A package of this suite. Its types stay out: some of them contradict each other's or the workspace's,
 * and these tests are about what happens.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a test uses of the package
export function load<Module>(name: string): Module {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return require(name) as Module;
}

/** What these tests use of undici. */
export interface Undici {
  readonly fetch: typeof fetch;
  readonly Agent: new (options?: object) => Dispatcher;
  readonly ProxyAgent: new (options: object) => Dispatcher;
  readonly EnvHttpProxyAgent: new (options?: object) => Dispatcher;
  readonly interceptors: Readonly<Record<string, (options?: object) => unknown>>;
}

/** A dispatcher of undici; its `request` is what `createUndiciFetch` asks for. */
export interface Dispatcher {
  compose(interceptor: unknown): Dispatcher;
  destroy(): Promise<void>;
}
