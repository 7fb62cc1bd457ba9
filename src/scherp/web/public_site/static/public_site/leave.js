// Leave now: blank first, then go. Works on any link marked data-leaves, and on Shift three times.
// Without this file the link still works: it is a real one.
const { leave, leaveTo, leaveOnce, leaveTwice, leaveStopped, leaving } = document.body.dataset;
const PAUSE = 5000; // at most this long between two presses
const told = document.getElementById("leave-told");
const dots = document.querySelector(".leave-dots");
let presses = 0;
let alone = false; // whether Shift was pressed by itself so far
let timer;

function blank() {
  const sheet = document.createElement("div");
  sheet.className = "blank";
  document.body.append(sheet);
  document.title = "";
  document.dispatchEvent(new Event("scherp:leaving")); // whatever holds text lets go of it
}

function go() {
  told.textContent = leaving;
  blank();
  // Our own address has the browser forget this site; without a network there is nobody to ask.
  location.replace(navigator.onLine ? leave : leaveTo);
}

function show() {
  dots.hidden = presses === 0;
  [...dots.children].forEach((dot, n) => dot.classList.toggle("on", n < presses));
  if (presses) told.textContent = presses === 1 ? leaveOnce : leaveTwice;
}

function stop() {
  clearTimeout(timer);
  if (presses) told.textContent = leaveStopped;
  presses = 0;
  show();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-leaves]")) {
    event.preventDefault();
    go();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Shift") {
    if (!event.repeat) alone = true;
  } else {
    alone = false; // Shift was held to type something else
    stop();
  }
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses += 1;
  clearTimeout(timer);
  if (presses === 3) return go();
  timer = setTimeout(stop, PAUSE);
  show();
});

// Back to a page that was left and kept in memory: away again. Back within the site is left alone.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector(".blank")) location.replace(leaveTo);
});
