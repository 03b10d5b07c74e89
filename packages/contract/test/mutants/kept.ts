import type { Behavior } from "./behavior.ts";
import type { SyncLog, Tenant } from "./world.ts";

/** What a module keeps between the requests of a mutant; each has its own. */
export interface Kept {
  tenant?: Tenant | undefined;
  log?: SyncLog | undefined;
  logs?: readonly SyncLog[] | undefined;
  running: number;
}

/** A provider with variables of its module. */
export function inModule(make: (kept: Kept) => Behavior): Behavior {
  return make({ running: 0 });
}

/** A provider that keeps something with each connection. */
export function perConnection(
  make: (kept: { get: (of: object) => Kept; requests: WeakMap<object, number> }) => Behavior,
): Behavior {
  const all = new WeakMap<object, Kept>();
  const get = (of: object): Kept => {
    const kept = all.get(of) ?? { running: 0 };
    all.set(of, kept);
    return kept;
  };
  return make({ get, requests: new WeakMap() });
}
