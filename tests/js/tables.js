/* Event tables for tests, as `decode` gives them, from a few facts a row. */

import { NO_PLACE, UNKNOWN } from "../../geo/webmap/js/core/event-table.js";
import { dayOfIso } from "../../geo/webmap/js/core/days.js";

export const PRECISIONS = ["exact", "near", "admin3", "admin2", "admin1", "region", "country", "unknown"];
/** As geo/words.py has them. */
export const SPAN_FORMS = {
  "one day": "{day} {month} {year}",
  "whole month": "{month} {year}",
  "whole year": "{year}",
  "within month": "{day}–{to_day} {to_month} {to_year}",
  "within year": "{day} {month} – {to_day} {to_month} {to_year}",
  "across years": "{day} {month} {year} – {to_day} {to_month} {to_year}",
};
const STEP = 2 ** -23;

/** A degree of longitude or latitude as a Mercator fraction. */
export const mercatorX = (lon) => (lon + 180) / 360;
export const mercatorY = (lat) => 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);

/** A row each of {lon, lat, date, until, group, precision, km, deaths}; lon null = no place. */
export function tableOf(...rows) {
  const usual = { lon: 69, lat: 33, date: "2023-02-19", until: null, group: 0, precision: "exact", km: 2, deaths: 0 };
  const facts = rows.map((row) => ({ ...usual, ...row }));
  const day = facts.map(({ date }) => (date ? dayOfIso(date) : 0));
  return {
    rows: rows.length,
    ...{ west: 0, north: 0, stepX: STEP, stepY: STEP },
    x: Uint32Array.from(facts, ({ lon }) => (lon === null ? NO_PLACE : Math.round(mercatorX(lon) / STEP))),
    y: Uint32Array.from(facts, ({ lat }) => Math.round(mercatorY(lat) / STEP)),
    deaths: Uint16Array.from(facts, ({ deaths }) => deaths ?? UNKNOWN),
    tenthsKm: Uint16Array.from(facts, ({ km }) => (km === null ? UNKNOWN : km * 10)),
    day: Uint16Array.from(day),
    span: Uint16Array.from(facts, ({ until }, row) => (until ? dayOfIso(until) - day[row] : 0)),
    group: Uint8Array.from(facts, ({ group }) => group),
    precision: Uint8Array.from(facts, ({ precision }) => PRECISIONS.indexOf(precision)),
  };
}
