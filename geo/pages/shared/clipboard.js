// A button that copies words, or the address of the page as it stands when it is pressed: the map
// writes into the address where it stands, without Python hearing of it. What is copied comes in
// `data` and only ever becomes text.
const DONE = "Copied";
const BY_HAND = "Press Ctrl+C or ⌘C to copy";

function address(params) {
  const kept = window.location.search.slice(1).split("&");
  const pairs = kept.filter((pair) => pair && !(pair.split("=")[0] in params));
  for (const [key, value] of Object.entries(params)) {
    if (value) pairs.push(`${key}=${encodeURIComponent(value)}`);
  }
  const { origin, pathname } = window.location;
  return origin + pathname + (pairs.length ? `?${pairs.join("&")}` : "");
}

export default function ({ parentElement, data }) {
  const find = (name) => parentElement.querySelector(name);
  const [button, field, told] = [find("button"), find("textarea"), find("output")];
  const words = () => data.text ?? address(data.params);
  const fit = () => {
    field.value = words();
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  button.textContent = data.label;
  field.setAttribute("aria-label", data.shown || data.label);
  field.hidden = !data.shown;
  told.textContent = "";
  if (data.shown) fit();
  field.onfocus = () => {
    fit();
    field.select();
  };
  button.onclick = async () => {
    fit();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = DONE;
    } catch {
      field.hidden = false;
      fit();
      field.select();
      told.textContent = BY_HAND;
    }
  };
}
