import type { Behavior, ProviderRequest } from "./behavior.ts";
import { tenantOfKey } from "./start-provider.ts";
import { other, own } from "./world.ts";

/** Authenticates by another comparison of what was sent with a key. */
export function acceptsKey(isSame: (sent: string, key: string) => boolean): Behavior {
  return {
    authenticate: ({ headers }) => {
      const sent = headers["x-api-key"];
      return sent === undefined
        ? undefined
        : [own, other].find((tenant) => isSame(sent, tenant.key));
    },
  };
}

/** Also takes the key from elsewhere. */
export function alsoFrom(read: (request: ProviderRequest) => string | null | undefined): Behavior {
  return { authenticate: (request, plain) => plain ?? tenantOfKey(read(request) ?? undefined) };
}
