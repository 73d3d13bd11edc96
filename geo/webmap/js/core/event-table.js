/* The event table in the browser: reads the binary that geo/webmap/columns.py writes (the layout
 * is described there) and tells which rows are shown. Plain arithmetic on typed arrays. */

const HEAD = 40; // bytes before the deflated columns
export const NO_PLACE = 0xffffff;
export const UNKNOWN = 0xffff;
export const GROUPS = 6;
/** @typedef {Uint8Array | Uint16Array | Uint32Array} Column */

/** @type {[string, number, new (rows: number) => Column][]} name, bytes a row, array */
const COLUMNS = [
  ["x", 3, Uint32Array],
  ["y", 3, Uint32Array],
  ["deaths", 2, Uint16Array],
  ["tenthsKm", 2, Uint16Array],
  ["day", 2, Uint16Array],
  ["span", 2, Uint16Array],
  ["group", 1, Uint8Array],
  ["precision", 1, Uint8Array],
];

/** Bits of `selectRows`: what a row passes. */
export const LISTED = 1; // everything but the dates: the histogram counts these
export const SHOWN = 2; // the dates too: the map shows these

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Read the binary. Gives typed arrays, one entry a row; throws when it is no such file.
 * @param {ArrayBuffer} buffer
 * @returns {Promise<EventTable>}
 */
export async function decode(buffer) {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
  if (magic !== "EVT2") throw new Error("not an event file");
  const rows = view.getUint32(4, true);
  const [west, north, stepX, stepY] = [8, 16, 24, 32].map((at) => view.getFloat64(at, true));
  const planes = await inflate(new Uint8Array(buffer, HEAD));
  /** @type {Record<string, Column>} */
  const columns = {};
  let at = 0;
  for (const [name, width, Type] of COLUMNS) {
    const column = new Type(rows);
    for (let plane = 0; plane < width; plane += 1, at += rows) {
      const shift = 8 * plane;
      for (let row = 0; row < rows; row += 1) column[row] |= planes[at + row] << shift;
    }
    columns[name] = column;
  }
  return /** @type {any} */ ({ rows, west, north, stepX, stepY, ...columns });
}

/** Bits from base64, lowest bit of each byte first, as geo.webmap.event_layer sends them.
 * @param {string} text
 */
export function decodeBits(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/** Whether an event is known to within `km`: as placed, by its own radius.
 * @param {EventTable} table
 * @param {number} row
 * @param {number} km
 */
const knownTo = (table, row, km) =>
  table.x[row] !== NO_PLACE && table.tenthsKm[row] !== UNKNOWN && table.tenthsKm[row] <= km * 10;

/**
 * What each row passes (LISTED, SHOWN), written into `keep`.
 * `bits` from Python or null for all; `range` {from, to} in days, inclusive, or null;
 * `undated`: whether rows without a date pass a range; `km`: 0, or the least certainty wanted.
 * Returns the counts {listed, shown, vague}: vague = left out by `km` alone.

 * @param {EventTable} table
 * @param {Uint8Array} keep
 * @param {{ bits: Uint8Array | null, range: DayRange | null, undated: boolean, km: number }} more
 */
export function selectRows(table, keep, { bits, range, undated, km }) {
  const { day, span } = table;
  let [listed, shown, vague] = [0, 0, 0];
  for (let row = 0; row < table.rows; row += 1) {
    keep[row] = 0;
    if (bits && !((bits[row >> 3] >> (row & 7)) & 1)) continue;
    const first = day[row];
    const inRange =
      !range || (first ? first <= range.to && first + span[row] >= range.from : undated);
    if (km && !knownTo(table, row, km)) {
      if (inRange) vague += 1;
      continue;
    }
    listed += 1;
    keep[row] = LISTED;
    if (!inRange) continue;
    shown += 1;
    keep[row] = LISTED | SHOWN;
  }
  return { listed, shown, vague };
}
