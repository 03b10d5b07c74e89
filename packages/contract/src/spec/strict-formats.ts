import type { Format } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";

const date = /^(\d{4})-(\d{2})-(\d{2})$/;
const time = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

function isDate(text: string): boolean {
  const match = date.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const parsed = new Date(0);
  parsed.setUTCFullYear(year, month - 1, day);
  return parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === day;
}

function isTime(text: string): boolean {
  const match = time.exec(text);
  if (match === null) return false;
  const [hour, minute, second] = match.slice(1, 4).map(Number);
  const offsetHours = Number(match[5] ?? 0);
  const offsetMinutes = Number(match[6] ?? 0);
  if (hour === undefined || minute === undefined || second === undefined) return false;
  if (hour > 23 || minute > 59 || second > 60 || offsetHours > 23 || offsetMinutes > 59)
    return false;
  if (second < 60) return true;
  // A leap second is the last second of a UTC day.
  const offset = (match[4] === "-" ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  return (((hour * 60 + minute - offset) % 1440) + 1440) % 1440 === 1439;
}

function isDateTime(text: string): boolean {
  const separator = text[10];
  if (separator !== "T" && separator !== "t") return false;
  return isDate(text.slice(0, 10)) && isTime(text.slice(11));
}

/**
 * The formats that are asserted: those of JSON Schema and OpenAPI, with dates and times as RFC 3339 writes them. ajv-formats
 * takes a blank for the `T` and an offset without a colon.
 */
export const strictFormats: Readonly<Record<string, Format>> = {
  ...fullFormats,
  date: isDate,
  time: isTime,
  "date-time": isDateTime,
};
