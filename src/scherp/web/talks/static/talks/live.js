// A talk that stays up to date by itself, for the young person's page and for the counsellor's.
//
// On the element given to live(): data-news (where news is told, as a stream or at once), data-send (takes {key, words}
// as JSON), data-decide (takes `what` of a button), data-place (how far the page is). Within it:
//   [data-list]            what was said; each message an element with data-number
//   template[data-said=W]  how a message of writer W looks; [data-put=name|words|at] in it are filled
//   form [data-field]      what is being typed; [data-refused] with data-length and data-too-fast: why it was refused
//   [data-unsent]          what is not sent yet; [data-unsent-told] says so, with data-over when it never will be
//   [data-line]            with data-lost and data-back: the connection
//   [data-when=NAME]       there only while the state says NAME; with data-asks it is brought into view
//   [data-tell=NAME]       says what the state has under NAME
//   [data-live]            set on the element itself once all this works
//   [data-decides]         buttons that decide something; [data-gone]: there when this page may see the talk no more
// Whatever anybody wrote is put as text, never as markup, so that nothing in it can be pressed. Nothing is kept.
const ASK_EVERY = 4000; // when there is no stream
const STREAM_AGAIN = 8; // times asked before a stream is tried again
const SILENCE = 4000; // after which a page that hears nothing of what it sent begins anew
const ASLEEP = 20_000; // a phone that slept this long may hold a line that is dead
const AGAIN = [1000, 2000, 4000, 8000, 15_000];
const TOO_FAST = 15_000;
const OVER = [403, 404, 409, 410];

const wait = (time) => new Promise((done) => setTimeout(done, time));

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

class Page {
  constructor(root) {
    this.root = root;
    this.list = this.at("[data-list]");
    this.unsent = this.at("[data-unsent]");
    this.line = this.at("[data-line]");
    this.field = this.at("[data-field]");
    this.lost = false;
  }

  at(where) {
    return this.root.querySelector(where);
  }

  each(where, doing) {
    this.root.querySelectorAll(where).forEach(doing);
  }

  // The last number up to which nothing is missing.
  last() {
    return Number(this.list.lastElementChild?.dataset.number ?? 0);
  }

  made(message) {
    const made = this.at(`template[data-said="${message.writer}"]`).content.firstElementChild.cloneNode(true);
    made.querySelectorAll("[data-put]").forEach((place) => (place.textContent = message[place.dataset.put] ?? ""));
    return made;
  }

  // Put a message in its place, once.
  put(message) {
    this.unsent?.querySelector(`[data-key="${message.key}"]`)?.remove();
    this.countUnsent();
    const before = [...this.list.children].reverse().find((one) => Number(one.dataset.number) <= message.number);
    if (before && Number(before.dataset.number) === message.number) return;
    const made = this.made(message);
    made.dataset.number = message.number;
    const atEnd = !this.list.lastElementChild || before === this.list.lastElementChild;
    before ? before.after(made) : this.list.prepend(made);
    if (atEnd) made.scrollIntoView({ block: "nearest" });
  }

  putUnsent(key, words) {
    const made = this.made({ writer: "young", words, ...this.me });
    made.dataset.key = key;
    this.unsent.append(made);
    made.scrollIntoView({ block: "nearest" });
    setTimeout(() => this.countUnsent(), 1500); // who has a good line never sees it
    this.countUnsent();
  }

  countUnsent() {
    if (!this.unsent) return;
    const some = this.unsent.childElementCount > 0;
    this.unsent.hidden = !some;
    this.at("[data-unsent-told]").hidden = !some;
  }

  // The talk was over first: what is not sent yet never will be, and the page says so.
  neverSent() {
    const told = this.at("[data-unsent-told]");
    if (told) told.textContent = told.dataset.over;
  }

  state(state) {
    this.each("[data-when]", (one) => {
      if (!(one.dataset.when in state)) return;
      const appears = one.hidden && state[one.dataset.when];
      one.hidden = !state[one.dataset.when];
      if (appears && "asks" in one.dataset) one.scrollIntoView({ block: "center" });
    });
    this.each("[data-tell]", (one) => {
      if (one.dataset.tell in state) one.textContent = state[one.dataset.tell];
    });
    if (state.gone) this.gone();
  }

  gone() {
    this.wipe();
    for (const one of this.root.children) one.hidden = !one.matches("[data-gone]");
  }

  wipe() {
    this.list.replaceChildren();
    this.unsent?.replaceChildren();
    if (this.field) this.field.value = "";
  }

  connected(is) {
    if (!this.line || is !== this.lost) return;
    this.lost = !is;
    this.line.textContent = is ? this.line.dataset.back : this.line.dataset.lost;
    if (is) setTimeout(() => this.lost || (this.line.textContent = ""), 5000);
  }

  refused(why) {
    const told = this.at("[data-refused]");
    if (!told) return;
    told.textContent = why ? told.dataset[why] : "";
    told.hidden = !why;
  }
}

// What is new: from a stream, or by asking when no stream is to be had.
class News {
  constructor(page, tell) {
    this.page = page;
    this.tell = tell;
    this.place = page.root.dataset.place ?? "";
    this.over = false;
  }

  address() {
    const mark = this.page.root.dataset.news.includes("?") ? "&" : "?";
    return `${this.page.root.dataset.news}${mark}na=${encodeURIComponent(this.place)}`;
  }

  begin() {
    if (this.over) return;
    this.end();
    const source = (this.source = new EventSource(this.address()));
    source.onopen = () => this.page.connected(true);
    for (const name of ["message", "state"]) {
      source.addEventListener(name, (event) => this.take(event.lastEventId, name, JSON.parse(event.data)));
    }
    source.onerror = () => this.broke(source);
  }

  broke(source) {
    if (source !== this.source || this.over) return;
    if (source.readyState === EventSource.CLOSED) this.ask(0);
    else this.timer = setTimeout(() => source.readyState === EventSource.OPEN || this.page.connected(false), 3000);
  }

  async ask(times) {
    this.end();
    if (times >= STREAM_AGAIN) return this.begin();
    try {
      const answer = await fetch(this.address(), { headers: { Accept: "application/json" } });
      if (answer.status === 403) return this.take(this.place, "state", { gone: true, over: true });
      if (!answer.ok) throw new Error(String(answer.status));
      this.page.connected(true);
      for (const { place, name, data } of (await answer.json()).told) this.take(place, name, data);
    } catch {
      this.page.connected(false);
    }
    if (!this.over) this.timer = setTimeout(() => this.ask(times + 1), ASK_EVERY);
  }

  take(place, name, data) {
    this.place = place;
    if (data.over) this.stop();
    this.tell(name, data);
  }

  end() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  stop() {
    this.over = true;
    this.end();
  }
}

// What is to be sent, one at a time and in order; the same key until it is acknowledged.
class Outbox {
  constructor(page, headers, sent) {
    this.page = page;
    this.headers = headers;
    this.sent = sent;
    this.waiting = [];
    this.busy = false;
    this.wake = () => {};
  }

  add(words) {
    const one = { key: newKey(), words };
    this.waiting.push(one);
    this.page.putUnsent(one.key, words);
    this.send();
  }

  async send() {
    if (this.busy) return this.wake();
    this.busy = true;
    for (let tries = 0; this.waiting.length; ) {
      const pause = await this.tryFirst(tries);
      if (!pause) tries = 0;
      else {
        tries += 1;
        await Promise.race([wait(pause), new Promise((done) => (this.wake = done))]);
      }
    }
    this.busy = false;
  }

  // Give how long to wait before trying again; 0 when the first is off our hands.
  async tryFirst(tries) {
    const [first] = this.waiting;
    try {
      const body = JSON.stringify(first);
      const headers = { "Content-Type": "application/json", ...this.headers };
      const answer = await fetch(this.page.root.dataset.send, { method: "POST", body, headers });
      if (answer.ok) this.accept((await answer.json()).number);
      else return this.refuse(answer.status, first, tries);
    } catch {
      this.page.connected(false);
      return AGAIN[Math.min(tries, AGAIN.length - 1)];
    }
    return 0;
  }

  accept(number) {
    this.waiting.shift();
    this.page.refused("");
    this.page.connected(true);
    this.sent(number);
  }

  refuse(status, first, tries) {
    if (status === 422 || status === 400) {
      this.waiting.shift();
      this.page.unsent.querySelector(`[data-key="${first.key}"]`)?.remove();
      this.page.countUnsent();
      this.page.field.value ||= first.words;
      this.page.refused("length");
      return 0;
    }
    if (OVER.includes(status)) {
      this.waiting = [];
      this.page.neverSent();
      this.sent(Infinity);
      return 0;
    }
    if (status === 429) this.page.refused("tooFast");
    return status === 429 ? TOO_FAST : AGAIN[Math.min(tries, AGAIN.length - 1)];
  }
}

// Have a page follow its talk. headers: what each POST carries; me: how one's own unsent messages are shown.
export function live(root, { headers = {}, me = {}, told = () => {} } = {}) {
  const page = new Page(root);
  page.me = me;
  const news = new News(page, (name, data) => {
    name === "message" ? page.put(data) : page.state(data);
    told(name, data);
  });
  const outbox = new Outbox(page, headers, async (number) => {
    await wait(SILENCE);
    if (page.last() < number) news.begin(); // said, and not heard back: the line is dead
  });
  listen(root, page, news, outbox, headers);
  news.begin();
  root.dataset.live = "";
  return { page, news, outbox };
}

function listen(root, page, news, outbox, headers) {
  const form = page.field?.form;
  form?.addEventListener("submit", (event) => submits(event, page, outbox));
  page.field?.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches;
    if (!sends) return;
    event.preventDefault();
    form.requestSubmit();
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-decides]");
    if (!button) return;
    event.preventDefault();
    decides(root.dataset.decide, button, page, headers);
  });
  addEventListener("offline", () => page.connected(false));
  addEventListener("online", () => (news.begin(), outbox.send()));
  wakes(news, outbox);
  document.addEventListener("scherp:leaving", () => (news.stop(), (outbox.waiting = []), page.wipe()));
}

function submits(event, page, outbox) {
  const elsewhere = event.submitter?.hasAttribute("formaction");
  if (elsewhere && !outbox.waiting.length) return; // a page of its own, which brings back what was typed
  event.preventDefault();
  const words = page.field.value.trim();
  if (elsewhere || !words) return page.field.focus();
  outbox.add(words);
  page.field.value = "";
  page.field.focus();
}

async function decides(address, button, page, headers) {
  const body = new URLSearchParams({ what: button.value });
  button.disabled = true;
  try {
    const answer = await fetch(address, { method: "POST", body, headers });
    if (answer.status === 403) page.state({ gone: true });
    button.closest("details")?.removeAttribute("open");
  } catch {
    page.connected(false);
  }
  button.disabled = false;
}

function wakes(news, outbox) {
  let since = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) since = Date.now();
    else if (since && Date.now() - since > ASLEEP) {
      news.begin();
      outbox.send();
    }
  });
}
