// The check page: asks, hands the file to the worker, shows what comes back. The chat is never sent anywhere:
// this file has no way to send, and the page's policy allows none.
const at = (id) => document.getElementById(id);
const form = at("given");
const language = document.documentElement.lang;
const { pyodide, engine, worker: workerAt } = form.dataset;

let worker; // one engine; ended and begun anew to cancel
let ready = false;
let waiting = {}; // what to do with each answer
let total = 1;
let kept = ""; // the report as a page, for saving; only in memory

function begin() {
  ready = false;
  worker = new Worker(workerAt, { type: "module" });
  worker.onmessage = ({ data }) => (waiting[data.what] ?? (() => {}))(data.value);
  worker.onerror = () => cannotStart();
  waiting = { ready: isReady, failed: hasFailed, progress: moves };
  worker.postMessage({ what: "start", pyodide, engine });
  at("engine").textContent = at("engine").dataset.loading;
  at("go").disabled = true;
}

function isReady() {
  ready = true;
  at("engine").textContent = at("engine").dataset.ready;
  at("go").disabled = false;
}

function cannotStart() {
  at("engine").textContent = at("engine").dataset.failed;
}

function hasFailed(what) {
  if (what === "start") return cannotStart();
  rest();
  complain([at("problem").dataset.wrong]);
}

const moves = (done) => (at("bar").value = done / total);

// Ask the worker one thing and wait for its answer.
function ask(what, told, answer) {
  return new Promise((resolve) => {
    waiting[answer] = resolve;
    worker.postMessage({ what, ...told });
  });
}

function wishes() {
  const chosen = new FormData(form);
  return { language, audience: chosen.get("audience"), country: chosen.get("country"), child: chosen.get("child") || null };
}

// What was given, as the worker takes it; neither wins where both are there.
function given() {
  const file = at("file").files[0];
  const text = at("pasted").value;
  if (file && text.trim()) return { both: true };
  if (file) return { what: "open", file };
  return text.trim() ? { what: "paste", text } : null;
}

function complain(sentences) {
  const problem = at("problem");
  problem.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("span"), { textContent: `${sentence} ` })));
  problem.hidden = false;
  problem.scrollIntoView({ block: "center" });
}

function busy() {
  at("problem").hidden = true;
  at("busy").hidden = at("cancel").hidden = false;
  at("bar").value = 0;
  at("go").disabled = true;
}

function rest() {
  at("busy").hidden = at("cancel").hidden = true;
  at("go").disabled = !ready;
}

// A parent may say who the child is; then, and only then, is anything of the other quoted.
function askForChild(people) {
  const box = at("people");
  const choices = [["", box.dataset.notSaid], ...people.map((name) => [name, name])];
  box.replaceChildren(...choices.map(([value, words], n) => {
    const label = Object.assign(document.createElement("label"), { className: "choice" });
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "child", value, checked: n === 0 });
    label.append(input, Object.assign(document.createElement("span"), { textContent: words }));
    return label;
  }));
  at("child").hidden = false;
  at("child").querySelector("input").focus();
}

let opened = null; // what was read, while a parent is asked who the child is

async function look(event) {
  event.preventDefault();
  const wished = wishes();
  if (!wished.audience) return complain([at("problem").dataset.who]);
  const { what, both, ...told } = given() ?? {};
  if (both) return complain([at("problem").dataset.both]);
  if (!what) return complain([at("problem").dataset.nothing]);
  busy();
  if (!opened) {
    const read = await ask(what, { ...told, wishes: wished }, "opened");
    if (read.error) return rest(), complain(read.error);
    total = Math.max(1, read.messages);
    opened = read;
    if (wished.audience === "parent") return rest(), askForChild(read.people);
  }
  const found = await ask("check", { wishes: wished }, "checked");
  if (found.error) return rest(), complain(found.error);
  await show(found, wished);
}

async function show(found, wished) {
  at("several").hidden = !found.several;
  const leftOut = at("left-out");
  leftOut.hidden = !found.left_out;
  leftOut.textContent = leftOut.dataset.said.replace("{count}", found.left_out);
  at("rows").replaceChildren(...found.rows.map((row, place) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet-button", textContent: `${row.name}: ${row.level}` });
    button.addEventListener("click", () => explain(place, wished));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  await explain(0, wished);
  const { done, media, one } = at("done").dataset;
  const closed = opened.media === 1 ? one : media.replace("{count}", opened.media);
  at("done").textContent = opened.media ? `${done} ${closed}` : done;
  at("ask").hidden = true;
  at("found").hidden = false;
  rest();
  scrollTo(0, 0);
  at("done").focus();
}

async function explain(place, wished) {
  const { shown, page } = await ask("report", { place, wishes: wished }, "report");
  // Made by our own engine, which escapes every value; the page's policy runs nothing that slipped.
  const parts = new DOMParser().parseFromString(shown, "text/html");
  at("report").replaceChildren(...parts.body.childNodes);
  kept = page;
  [...at("rows").querySelectorAll("button")].forEach((button, n) => button.setAttribute("aria-current", String(n === place)));
}

function forget() {
  kept = "";
  opened = null;
  form.reset();
  at("report").replaceChildren();
  at("rows").replaceChildren();
  at("child").hidden = at("save-sure").hidden = true;
  document.querySelectorAll(".before").forEach((note) => (note.hidden = true));
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([kept], { type: "text/html" }));
  link.download = at("save").dataset.name;
  link.click();
  URL.revokeObjectURL(link.href);
  at("save-sure").hidden = true;
}

form.addEventListener("submit", look);
form.addEventListener("change", ({ target }) => {
  if (target.name === "audience") {
    document.querySelectorAll(".before").forEach((note) => (note.hidden = note.id !== target.dataset.before));
  }
  if (target.name !== "child") {
    opened = null; // another file, or another reader: read it anew
    at("child").hidden = true;
  }
  at("problem").hidden = true;
});
at("pasted").addEventListener("input", () => {
  opened = null;
  at("child").hidden = true;
});
at("cancel").addEventListener("click", () => {
  worker.terminate(); // whatever it held is gone
  opened = null;
  rest();
  complain([at("problem").dataset.stopped]);
  begin();
});
at("again").addEventListener("click", () => {
  worker.terminate();
  forget();
  at("found").hidden = true;
  at("ask").hidden = false;
  begin();
  scrollTo(0, 0);
});
at("print").addEventListener("click", () => print());
at("save").addEventListener("click", () => {
  at("save-sure").hidden = false;
  at("save-no").focus();
});
at("save-yes").addEventListener("click", save);
at("save-no").addEventListener("click", () => (at("save-sure").hidden = true));

const drop = at("drop");
["dragover", "dragleave", "drop"].forEach((what) =>
  drop.addEventListener(what, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", what === "dragover");
    if (what === "drop" && event.dataTransfer.files.length) {
      at("file").files = event.dataTransfer.files;
      at("file").dispatchEvent(new Event("change", { bubbles: true }));
    }
  }),
);

// A report is nowhere but on this page: ask before it is gone. Who leaves now is never asked.
addEventListener("beforeunload", (event) => kept && event.preventDefault());

// Leaving lets go of everything at once.
document.addEventListener("scherp:leaving", () => {
  worker.terminate();
  forget();
});

form.hidden = false;
begin();
