/* Files by address. */

const fetched = new Map();

/** What stands at an address; anything but a plain success is an error. */
export async function fetchOk(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: status ${answer.status}`);
  return answer;
}

/** JSON by address, asked for once. */
export function fetchJson(url) {
  if (!fetched.has(url)) fetched.set(url, fetchOk(url).then((answer) => answer.json()));
  return fetched.get(url);
}
