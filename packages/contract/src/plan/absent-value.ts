import { createHash } from "node:crypto";
import { typedValue } from "../specification.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget } from "./plan-input.ts";

/** Bytes that depend on nothing but the seed and a label, as hexadecimal digits. */
export function seededHex(seed: number, label: string): string {
  return createHash("sha256").update(`${seed} ${label}`).digest("hex");
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * A value in the format of a known one that no resource has: another UUID instead of its UUID, other digits instead of its
 * digits.
 *
 * @returns undefined if the schema of the parameter refuses the result.
 */
function absentValue(
  input: PlanInput,
  parameter: string,
  known: string,
  label: string,
): string | undefined {
  const hex = seededHex(input.seed, label);
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  const other = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const candidates = uuid.test(known)
    ? [known.replace(uuid, other)]
    : [
        /^\d+$/.test(known)
          ? String(1_900_000_000 + Number.parseInt(hex.slice(0, 6), 16))
          : `${known}${hex.slice(0, 8)}`,
        replaceCharacters(known, hex),
      ];
  return candidates.find((value) => value !== known && isWellFormed(input, parameter, value));
}

/** The parameters of a resource that does not exist: the first target's, but for one. Undefined if there is no such value. */
export function absentTarget(
  input: PlanInput,
  parameter: string | undefined,
  label: string,
): ParameterValues | undefined {
  const target = firstTarget(input);
  if (parameter === undefined) return undefined;
  const value = absentValue(input, parameter, target[parameter] ?? "", label);
  return value === undefined ? undefined : { ...target, [parameter]: value };
}

/** Whether the schema of a parameter accepts a text. */
export function isWellFormed(
  { operation, specification }: PlanInput,
  parameter: string,
  text: string,
): boolean {
  const pointer = operation.parameters.find((one) => one.name === parameter)?.schemaPointer;
  if (pointer === undefined) return text !== "";
  return typedValue(specification, pointer, text) !== undefined;
}

function replaceCharacters(known: string, hex: string): string {
  let index = 0;
  const next = (): number => Number.parseInt(hex[index++ % hex.length] ?? "0", 16);
  return known
    .replaceAll(/\d/g, () => String(next() % 10))
    .replaceAll(/[a-z]/g, () => String.fromCodePoint(97 + next()));
}
