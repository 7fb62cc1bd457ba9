// Read aloud and copy: comforts that a page does without when they are not there.
const aloud = document.getElementById("aloud");
const copy = document.getElementById("copy");
const copied = document.getElementById("copied");
const spoken = document.documentElement.lang;

// Voices on the device only: another kind would send the text to whoever made the browser.
function voice() {
  return speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(spoken));
}

if (aloud && "speechSynthesis" in window) {
  const start = aloud.textContent;
  const offer = () => (aloud.hidden = !voice());
  const rest = () => (aloud.textContent = start);
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
  aloud.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return rest();
    }
    const words = new SpeechSynthesisUtterance(document.getElementById("body").innerText);
    words.voice = voice();
    words.lang = spoken;
    words.onend = rest;
    speechSynthesis.speak(words);
    aloud.textContent = aloud.dataset.stop;
  });
  document.addEventListener("scherp:leaving", () => speechSynthesis.cancel());
}

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const from = copy.dataset.from && document.getElementById(copy.dataset.from);
    await navigator.clipboard.writeText(from ? from.value : copy.dataset.address);
    copied.textContent = copy.dataset.done;
  });
}
