import type { Change } from "../change.ts";
import { kebab } from "./change-id.ts";
import { describePlace } from "./describe-place.ts";
import { rateOperationChange } from "./rate-operation-change.ts";
import { rateSchemaChange } from "./rate-schema-change.ts";
import { rateSecurity } from "./rate-security.ts";
import type { RedoclyChange } from "./redocly-change.ts";
import type { WireContext } from "./wire-context.ts";

/** Requirements are compared as a whole, by what they accept: see {@link rateSecurity}. */
const securityNodes = new Set(["SecurityRequirement", "SecurityRequirementList"]);

/** Rates what Redocly found by the law for clients; where the law has no rule, Redocly's own verdict stands. */
export function rateWireChanges(
  found: readonly RedoclyChange[],
  context: WireContext,
): readonly Change[] {
  const rated = found
    .filter(({ typeName }) => !securityNodes.has(typeName))
    .flatMap((change) => {
      const own = rateSchemaChange(change, context) ?? rateOperationChange(change, context);
      return own ?? verdictOfRedocly(change, context);
    });
  return [...rated, ...rateSecurity(context.base, context.revision)];
}

function verdictOfRedocly(change: RedoclyChange, context: WireContext): readonly Change[] {
  const document = change.kind === "removed" ? context.base : context.revision;
  const what = [change.typeName, change.property].filter(Boolean).join(" ");
  const [verdict] = change.verdicts;
  return [
    {
      id: verdict?.ruleId ?? `${kebab(change.typeName)}-${change.kind}`,
      bump: change.impact,
      where: describePlace(document, change.path),
      why: verdict?.message || `${what} is ${change.kind}`,
      source: "wire",
    },
  ];
}
