// The engine, in a thread of its own: it reads and judges; the page only shows. It keeps nothing and, once it is
// ready, asks the network for nothing.
let python, session;

const tell = (what, value) => postMessage({ what, value });

async function start({ pyodide, engine }) {
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const [loaded, bundle] = await Promise.all([
    loadPyodide({ indexURL: pyodide, stdout: () => {}, stderr: () => {} }),
    fetch(engine).then((answer) => answer.arrayBuffer()),
  ]);
  python = loaded;
  python.unpackArchive(bundle, "zip", { extractDir: "/engine" });
  python.runPython("import sys; sys.path.insert(0, '/engine')");
  python.pyimport("scherp.web.check.in_browser").ready();
  tell("ready");
}

function fresh() {
  close();
  session = python.pyimport("scherp.web.check.in_browser").Session();
}

function paste({ text, wishes }) {
  fresh();
  tell("opened", JSON.parse(session.paste(text, JSON.stringify(wishes))));
}

function open({ file, wishes }) {
  fresh();
  python.FS.mkdirTree("/given");
  // The file is read where it lies, so that a large zip of photos is never in memory.
  python.FS.mount(python.FS.filesystems.WORKERFS, { files: [file] }, "/given");
  tell("opened", JSON.parse(session.open(`/given/${file.name}`, JSON.stringify(wishes))));
}

function check({ wishes }) {
  tell("checked", JSON.parse(session.check(JSON.stringify(wishes), (done) => tell("progress", done))));
}

function report({ place, wishes }) {
  tell("report", JSON.parse(session.report(place, JSON.stringify(wishes))));
}

function unshown({ place, wishes }) {
  tell("unshown", session.unshown(place, JSON.stringify(wishes)));
}

function close() {
  session?.destroy();
  session = undefined;
  if (python.FS.analyzePath("/given").exists) {
    try {
      python.FS.unmount("/given");
    } catch {
      // nothing was mounted
    }
  }
}

const CAN = { start, open, paste, check, report, unshown };

onmessage = async ({ data }) => {
  try {
    await CAN[data.what](data);
  } catch {
    tell("failed", data.what); // never the error itself: it could hold words of the conversation
  }
};
