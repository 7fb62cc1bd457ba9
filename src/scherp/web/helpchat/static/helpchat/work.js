// A little work before a talk opens (ALTCHA, version 2: https://altcha.org/docs/v2/proof-of-work-v2/), so that nobody
// opens a thousand. The browser does it beside the page. Without it the form still works, within a tighter limit.
const form = document.querySelector("[data-work]");
const field = form.elements.work;
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (one) => parseInt(one, 16));
const hex = (found) => [...new Uint8Array(found)].map((one) => one.toString(16).padStart(2, "0")).join("");
const MOST = 100_000;

async function derived({ cost, keyLength, nonce, salt }, counter) {
  const password = new Uint8Array(20);
  password.set(bytes(nonce));
  new DataView(password.buffer).setUint32(16, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solve(challenge) {
  for (let counter = 0; counter < MOST; counter += 1) {
    const derivedKey = await derived(challenge.parameters, counter);
    if (derivedKey.startsWith(challenge.parameters.keyPrefix)) return { counter, derivedKey };
  }
  return null;
}

async function work() {
  const challenge = JSON.parse(form.dataset.work);
  const solution = await solve(challenge);
  if (solution) field.value = btoa(JSON.stringify({ challenge, solution }));
}

const done = crypto.subtle ? work().catch(() => {}) : Promise.resolve();
let ready = false;
let pressed = false;
done.then(() => (ready = true));

form.addEventListener("submit", (event) => {
  if (ready && !pressed) {
    pressed = true;
    return;
  }
  event.preventDefault(); // not ready, or pressed twice
  if (pressed) return;
  const told = form.querySelector("[data-busy]");
  told.textContent = told.dataset.busy;
  const { submitter } = event;
  done.then(() => pressed || form.requestSubmit(submitter));
});
addEventListener("pageshow", () => (pressed = false));
