// The desk keeps itself up to date: the talk on the page by talks/live.js, the board and what stands beside the talk by
// parts that the server drew. A part in which somebody types is left alone until they are done. Without this file all
// works by buttons and by looking again.
import { live } from "../talks/live.js";

const root = document.querySelector("[data-desk]");
const waiting = new Map();
const changed = root.querySelector("[data-changed]");

const inUse = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
const typedIn = (part) => [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((one) => one.value);

function draw(part, html) {
  const open = new Set([...part.querySelectorAll("details[open] form")].map((form) => form.action));
  const focused = part.contains(document.activeElement) ? place(document.activeElement) : null;
  part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const form of part.querySelectorAll("details form")) if (open.has(form.action)) form.closest("details").open = true;
  if (focused) [...part.querySelectorAll("a, button, summary")].find((one) => place(one) === focused)?.focus();
}

// What a link or button is known by, so that the keyboard stays where it was.
function place(one) {
  return one.href ?? `${one.form?.action ?? one.parentElement.querySelector("form")?.action} ${one.value ?? ""} ${one.localName}`;
}

function put(name, html) {
  const part = root.querySelector(`[data-part="${name}"]`);
  if (!part) return;
  const busy = inUse(part) || typedIn(part);
  busy ? waiting.set(name, html) : waiting.delete(name);
  if (!busy) draw(part, html);
  if (changed) changed.hidden = !waiting.size;
}

// Who waits for an answer: told at once, also in a talk that is not on the page.
function mark(talk, words) {
  for (const one of root.querySelectorAll(`[data-answer="${talk}"]`)) {
    one.textContent = words;
    one.hidden = !words;
  }
}

root.addEventListener("focusout", () => setTimeout(() => waiting.forEach((html, name) => put(name, html))));

root.addEventListener("click", (event) => {
  const sentence = event.target.closest?.(".sentence");
  if (!sentence) return;
  event.preventDefault();
  const field = root.querySelector("[data-field]");
  field.value = `${field.value} ${sentence.textContent}`.trim();
  sentence.closest("details").open = false;
  field.focus();
});

live(root, {
  headers: { "X-CSRFToken": root.dataset.csrf },
  me: { writer: "counsellor", name: root.dataset.me },
  told: (_name, data) => {
    const shares = root.dataset.sharing;
    if (shares && "sharing" in data && data.sharing !== (shares === "yes")) location.reload(); // agreed, or no longer
    for (const [part, html] of Object.entries(data.parts ?? {})) put(part, html);
    for (const [talk, words] of Object.entries(data.marks ?? {})) mark(talk, words);
  },
});
const log = root.querySelector(".log");
if (log) log.scrollTop = log.scrollHeight;
