/* Files by address. */

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/** What stands at an address; anything but a plain success is an error.
 * @param {string} url
 */
export async function fetchOk(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: status ${answer.status}`);
  return answer;
}

/** JSON by address, asked for once.
 * @param {string} url
 */
export function fetchJson(url) {
  const asked = fetched.get(url) ?? fetchOk(url).then((answer) => answer.json());
  fetched.set(url, asked);
  return asked;
}
