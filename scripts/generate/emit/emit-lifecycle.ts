import type { SchemaLifecycle } from "../collect-rules.ts";
import { formatTsDoc } from "../tsdoc.ts";
import { formatLiteral } from "./format-literal.ts";

/**
 * The lifecycles as data.
 *
 * @param names - The exported name of each lifecycle, in the same order.
 */
export function emitLifecycle(
  lifecycles: readonly SchemaLifecycle[],
  names: readonly string[],
): string {
  const constants = lifecycles.map((lifecycle, index) => {
    const { schema, property } = lifecycle;
    const doc = formatTsDoc([`How the \`${property}\` of a ${schema} may change over time.`]);
    return `\n${doc}export const ${names[index]} = ${formatLiteral(lifecycle)} as const;\n`;
  });
  return `/** How a terminal status ended. */
export type LifecycleOutcome = "success" | "failure" | "cancelled" | "nothing-done";

/** How the status of a record may change over time: the \`x-lifecycle\` of a schema. */
export interface Lifecycle {
  /** Name of the component schema that has it. */
  readonly schema: string;
  /** Name of the property that holds the status. */
  readonly property: string;
  /** The status a new record has. */
  readonly initial: string;
  /** The statuses of a run that succeeds, first to last. A record never goes back in this order. */
  readonly order: readonly string[];
  /** Each terminal status with its outcome. A record never leaves a terminal status. */
  readonly terminal: Readonly<Record<string, LifecycleOutcome>>;
}
${constants.join("")}`;
}
