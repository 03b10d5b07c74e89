import { enumExports } from "../collect-enums.ts";
import type { EnumDefinition } from "../collect-enums.ts";
import { formatTsDoc } from "../tsdoc.ts";

/** For each enum its values, the type of them, and a guard. */
export function emitEnums(enums: readonly EnumDefinition[]): string {
  return enums.map(emitEnum).join("\n");
}

function emitEnum(definition: EnumDefinition): string {
  const { values, type, guard } = enumExports(definition.name);
  const literals = definition.values.map((value) => `  ${JSON.stringify(value)},\n`).join("");
  const about = definition.description?.split("\n") ?? [];
  return `${formatTsDoc([...about, ...(about.length > 0 ? [""] : []), "The values known when this was generated."])}\
export const ${values} = [
${literals}] as const;

/** One of {@link ${values}}. */
export type ${type} = (typeof ${values})[number];

/** Whether this is one of {@link ${values}}. */
export function ${guard}(value: unknown): value is ${type} {
  return (${values} as readonly unknown[]).includes(value);
}
`;
}
